package io.tributary.contracts.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a player measured or did. Whatever is null was not measured; the keys of CMCD (CTA
 * 5004) that say the same are named.
 *
 * @param sequence from 0, one more with each event of the play, so that repeats are known; {@code
 *     sn}
 * @param time the client's clock; {@code ts}
 * @param kind why it was noted
 * @param state from here on; {@code sta}
 * @param positionMillis of the picture in the title; {@code pt}
 * @param bufferMillis ahead of the position; {@code bl}
 * @param bitsPerSecond of the rendition that is fetched; {@code br}
 * @param throughputBitsPerSecond as measured; {@code mtp}
 * @param startupMillis from the press of Play to the first picture, once it is there; {@code msd}
 * @param rebufferMillis in all since the play began, start and seeks not counted
 * @param droppedFrames in all since the play began
 * @param pathwayId of the node that is asked
 * @param nodeId the same node, where the client knows it; an error that names one blames it
 * @param errorCode the player's own word for what failed; {@code ec}
 */
public record PlayEvent(
    long sequence,
    Instant time,
    @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL) PlayEventKind kind,
    @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL) PlayerState state,
    @Nullable Long positionMillis,
    @Nullable Long bufferMillis,
    @Nullable Long bitsPerSecond,
    @Nullable Long throughputBitsPerSecond,
    @Nullable Long startupMillis,
    @Nullable Long rebufferMillis,
    @Nullable Long droppedFrames,
    @Nullable String pathwayId,
    @Nullable String nodeId,
    @Nullable String errorCode) {}
