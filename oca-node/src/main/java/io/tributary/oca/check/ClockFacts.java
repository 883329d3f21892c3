package io.tributary.oca.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock beside a node door's.
 *
 * @param offset this clock less the door's, the likeliest; null when no door told its time
 * @param precision by which the offset may be wrong either way
 * @param door that told the time
 * @param isVerified false when that door's certificate was not believed
 */
record ClockFacts(@Nullable Duration offset, Duration precision, String door, boolean isVerified) {}
