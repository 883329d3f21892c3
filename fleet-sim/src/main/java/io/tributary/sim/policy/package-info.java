/** Ways to choose nodes: ours, and rivals built after their published descriptions. */
@NullMarked
package io.tributary.sim.policy;

import org.jspecify.annotations.NullMarked;
