package io.tributary.controlplane.registry;

import java.time.Instant;

/**
 * A node that was let in.
 *
 * @param id the node
 * @param siteId where it stands
 * @param enrolledAt when it last enrolled
 * @param revoked whether its identity was withdrawn
 * @param drain whether an operator wants it to finish and take nothing new
 */
public record RegisteredNode(
    String id, String siteId, Instant enrolledAt, boolean revoked, boolean drain) {}
