package io.tributary.contracts.event;

import io.tributary.contracts.context.Cohort;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of everything on Kafka.
 *
 * @param id unique; a repeated event has the same
 * @param time when it happened
 * @param type see {@link Topics}
 * @param version of the type, from 1; grows only when a reader must know
 * @param region where it happened
 * @param traceId of the request behind it; null where there is none
 * @param playbackId of the play it belongs to; null where there is none
 * @param decisionId of the steering decision it belongs to; null where there is none
 * @param cohort whose traffic caused it
 * @param data what happened
 */
public record Event<T>(
    String id,
    Instant time,
    String type,
    int version,
    String region,
    @Nullable String traceId,
    @Nullable String playbackId,
    @Nullable String decisionId,
    Cohort cohort,
    T data) {}
