package io.tributary.steering.snapshot;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.media.PackageRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as it lies on disk, with where its feed goes on.
 *
 * @param snapshotVersion see {@link FleetSnapshot#version()}
 * @param aliveAt when the feed was last proven alive; null if it never was
 * @param nodes with their live figures
 * @param sites as they were told; none in an image of a version that knew of none
 * @param routes pages of nodes' routes; none in an image of a version that knew of none
 * @param holdings packages and who holds them
 * @param positions of topics that were read to their end; a topic that is absent is read again from
 *     its beginning
 */
record SnapshotImage(
    long snapshotVersion,
    @Nullable Instant aliveAt,
    List<Node> nodes,
    List<SiteDescribed> sites,
    List<RoutesJudged> routes,
    List<Holding> holdings,
    List<Position> positions) {
  SnapshotImage {
    nodes = List.copyOf(nodes);
    sites = sites == null ? List.of() : List.copyOf(sites);
    routes = routes == null ? List.of() : List.copyOf(routes);
    holdings = List.copyOf(holdings);
    positions = List.copyOf(positions);
  }

  record Node(KnownNode known, LoadBoard.Load load) {}

  record Holding(PackageRef ref, List<String> nodeIds) {
    Holding {
      nodeIds = List.copyOf(nodeIds);
    }
  }

  /**
   * Where reading a topic goes on.
   *
   * @param topic its name
   * @param topicId Kafka's own id of it: a topic created again has another, and offsets mean
   *     nothing
   * @param nextOffsets by partition; a partition that is absent is read from its beginning
   */
  record Position(String topic, String topicId, Map<Integer, Long> nextOffsets) {
    Position {
      nextOffsets = Map.copyOf(nextOffsets);
    }
  }

  static SnapshotImage of(
      FleetSnapshot snapshot,
      LoadBoard loads,
      @Nullable Instant aliveAt,
      List<Position> positions) {
    return new SnapshotImage(
        snapshot.version(),
        aliveAt,
        snapshot.nodes().values().stream()
            .map(node -> new Node(node, loads.of(node.nodeId())))
            .toList(),
        snapshot.sites().values().stream().map(KnownSite::told).toList(),
        List.copyOf(snapshot.routes().values()),
        List.copyOf(byPath(snapshot.holdersByPackage()).values()),
        positions);
  }

  private static Map<String, Holding> byPath(Map<PackageRef, Holders> holders) {
    Map<String, Holding> byPath = new TreeMap<>();
    holders.forEach(
        (ref, nodeIds) -> byPath.put(ref.path(), new Holding(ref, List.copyOf(nodeIds))));
    return byPath;
  }

  FleetSnapshot snapshot() {
    FleetSnapshot.Edit edit = FleetSnapshot.EMPTY.edit();
    nodes.forEach(node -> edit.put(node.known()));
    sites.forEach(site -> edit.put(KnownSite.of(site)));
    routes.forEach(edit::put);
    holdings.forEach(
        holding -> holding.nodeIds().forEach(nodeId -> edit.hold(nodeId, holding.ref())));
    return edit.done().atLeast(snapshotVersion);
  }
}
