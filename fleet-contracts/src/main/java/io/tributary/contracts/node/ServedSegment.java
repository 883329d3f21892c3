package io.tributary.contracts.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a node's serve log: a request and its answer.
 *
 * @param time when the request was read; the node's clock
 * @param playbackId of the media token; CMCD's {@code sid}
 * @param titleId the title; CMCD's {@code cid}
 * @param packageVersion the package
 * @param path of the file in the package
 * @param clientAddress truncated to its /24 or /48
 * @param status of the answer
 * @param outcome from where it was served
 * @param rangeStart first byte asked for, 0 for the whole file
 * @param bytes of the body that were sent
 * @param firstByteMillis from the request to the answer's first byte
 * @param durationMillis from the request to the last byte that was sent
 * @param whole whether all of the body was sent
 * @param cmcd the request's {@code CMCD} query parameter as it came, decoded, at most 1,024
 *     characters; null where it had none
 */
public record ServedSegment(
    Instant time,
    String playbackId,
    String titleId,
    String packageVersion,
    String path,
    String clientAddress,
    int status,
    ServeOutcome outcome,
    long rangeStart,
    long bytes,
    long firstByteMillis,
    long durationMillis,
    boolean whole,
    @Nullable String cmcd) {}
