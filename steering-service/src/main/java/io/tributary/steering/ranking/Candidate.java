package io.tributary.steering.ranking;

import io.tributary.contracts.event.NodeHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node that could be named for a play, and all that the decision may know of it.
 *
 * @param nodeId the node
 * @param siteId where it stands
 * @param health the verdict; null for a node that holds the package and has no verdict
 * @param holds whether it confirmed the package
 * @param addressed whether an address of it was proven reachable
 * @param certificateNotAfter after which it may not be named; null for a node without a verdict
 * @param egressCapacityBitsPerSecond what it may send; 0 where it is not known
 * @param egressBitsPerSecond what it sends now
 */
public record Candidate(
    String nodeId,
    String siteId,
    @Nullable NodeHealth health,
    boolean holds,
    boolean addressed,
    @Nullable Instant certificateNotAfter,
    long egressCapacityBitsPerSecond,
    long egressBitsPerSecond) {}
