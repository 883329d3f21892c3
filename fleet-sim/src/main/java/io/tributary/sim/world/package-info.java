/** What a scenario's seed makes of it before anything happens. */
@NullMarked
package io.tributary.sim.world;

import org.jspecify.annotations.NullMarked;
