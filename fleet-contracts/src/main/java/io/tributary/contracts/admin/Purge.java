package io.tributary.contracts.admin;

import java.time.Instant;
import java.util.List;

/**
 * A title that is purged, until the purge is lifted; {@code /admin/v1/purges/{titleId}}.
 *
 * @param titleId the title
 * @param requestedAt when an operator said so
 * @param requestedBy who did
 * @param nodesLeft how many nodes may still hold a part of it, or have not been told yet
 * @param nodes every node that is not revoked, by id
 */
public record Purge(
    String titleId,
    Instant requestedAt,
    String requestedBy,
    int nodesLeft,
    List<PurgedNode> nodes) {
  public Purge {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }
}
