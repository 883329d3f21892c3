/** What operators see and change. */
@NullMarked
package io.tributary.controlplane.operations;

import org.jspecify.annotations.NullMarked;
