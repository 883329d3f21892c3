package io.tributary.contracts.steering;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a steering replica decides from now: {@code GET /internal/v1/snapshot}.
 *
 * @param snapshotVersion of the facts; grows with each change that can change an answer
 * @param snapshotAgeMillis since the feed of facts was last known to be alive; null if it never was
 * @param packages that at least one node holds
 * @param holdings pairs of node and package
 * @param nodes by id
 * @param recordsSetAside since the start: facts that could not be read
 * @param lastSetAside the newest of them, oldest first, at most 20
 */
public record SnapshotView(
    long snapshotVersion,
    @Nullable Long snapshotAgeMillis,
    int packages,
    int holdings,
    List<Node> nodes,
    long recordsSetAside,
    List<SetAsideRecord> lastSetAside) {
  public SnapshotView {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
    lastSetAside = lastSetAside == null ? List.of() : List.copyOf(lastSetAside);
  }

  /**
   * One node.
   *
   * @param nodeId the node
   * @param siteId where it stands
   * @param baseUrl without a slash at its end; null while no address of it is known to be reachable
   * @param health the verdict in lower case
   * @param reason the verdict's
   * @param packagesHeld how many packages it may be named for
   */
  public record Node(
      String nodeId,
      String siteId,
      @Nullable String baseUrl,
      String health,
      String reason,
      int packagesHeld) {}

  /**
   * A fact that could not be read.
   *
   * @param where {@code topic-partition@offset}
   * @param key the record's, cut to 200 characters; null where it has none
   * @param reason what is wrong with it
   */
  public record SetAsideRecord(String where, @Nullable String key, String reason) {}
}
