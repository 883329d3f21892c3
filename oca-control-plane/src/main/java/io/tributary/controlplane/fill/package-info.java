/** What nodes fetch, hold and lost. */
@NullMarked
package io.tributary.controlplane.fill;

import org.jspecify.annotations.NullMarked;
