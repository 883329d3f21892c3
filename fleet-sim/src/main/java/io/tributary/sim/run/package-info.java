/** A run: virtual time, nodes, heartbeats, plays, and what must hold of them at every moment. */
@NullMarked
package io.tributary.sim.run;

import org.jspecify.annotations.NullMarked;
