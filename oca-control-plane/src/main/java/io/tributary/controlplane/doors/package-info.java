/** The listeners, who may pass through which, and how all of them refuse. */
@NullMarked
package io.tributary.controlplane.doors;

import org.jspecify.annotations.NullMarked;
