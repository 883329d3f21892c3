package io.tributary.contracts.steering;

import java.util.List;
import java.util.Map;
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
 * @param prefixes of clients' networks, by which near sites are found; null from a replica that
 *     does not know of them yet
 * @param routeSources where they were read from
 */
public record SnapshotView(
    long snapshotVersion,
    @Nullable Long snapshotAgeMillis,
    int packages,
    int holdings,
    List<Node> nodes,
    long recordsSetAside,
    List<SetAsideRecord> lastSetAside,
    @Nullable Integer prefixes,
    List<RouteSource> routeSources) {
  public SnapshotView {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
    lastSetAside = lastSetAside == null ? List.of() : List.copyOf(lastSetAside);
    routeSources = routeSources == null ? List.of() : List.copyOf(routeSources);
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
   * A source of routes.
   *
   * @param source its name
   * @param records how many it had, as far as it was read
   * @param routes how many of it count
   * @param setAside how many do not, by reason
   * @param examples of what does not count, with place and reason
   * @param problem why it was not read to its end, or is an old copy; null if all is well
   */
  public record RouteSource(
      String source,
      long records,
      long routes,
      Map<String, Long> setAside,
      List<String> examples,
      @Nullable String problem) {
    public RouteSource {
      setAside = setAside == null ? Map.of() : Map.copyOf(setAside);
      examples = examples == null ? List.of() : List.copyOf(examples);
    }
  }

  /**
   * A fact that could not be read.
   *
   * @param where {@code topic-partition@offset}
   * @param key the record's, cut to 200 characters; null where it has none
   * @param reason what is wrong with it
   */
  public record SetAsideRecord(String where, @Nullable String key, String reason) {}
}
