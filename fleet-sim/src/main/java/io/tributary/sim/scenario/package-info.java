/** What is simulated: fleets, demand, faults; and the named scenarios. */
@NullMarked
package io.tributary.sim.scenario;

import org.jspecify.annotations.NullMarked;
