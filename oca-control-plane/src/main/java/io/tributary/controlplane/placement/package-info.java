/** Which nodes hold which packages: the plan. */
@NullMarked
package io.tributary.controlplane.placement;

import org.jspecify.annotations.NullMarked;
