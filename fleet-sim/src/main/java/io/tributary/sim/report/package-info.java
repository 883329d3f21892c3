/** What came of runs, for people. */
@NullMarked
package io.tributary.sim.report;

import org.jspecify.annotations.NullMarked;
