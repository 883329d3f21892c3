/** Every refusal of this service as RFC 9457 problem+json: one table, one place. */
@NullMarked
package io.tributary.playback.problem;

import org.jspecify.annotations.NullMarked;
