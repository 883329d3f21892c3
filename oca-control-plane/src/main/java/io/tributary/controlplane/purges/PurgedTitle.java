package io.tributary.controlplane.purges;

import java.time.Instant;

/**
 * A title that is purged.
 *
 * @param titleId the title
 * @param version of the list with which it began: a node that obeys this one or a later refuses it
 * @param requestedAt when
 * @param requestedBy who said so
 */
public record PurgedTitle(String titleId, long version, Instant requestedAt, String requestedBy) {}
