package io.tributary.steering.snapshot;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.Topics;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.snapshot.SnapshotFollower.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** A fleet of three nodes in two sites that hold one package, {@code tears/p1}. */
public final class SnapshotFixture {
  private SnapshotFixture() {}

  /** Feeds it into {@code fleet}, alive at {@code now}. */
  public static void fill(Fleet fleet, Instant now) {
    SnapshotFollower follower =
        new SnapshotFollower(
            fleet,
            new FactReader(JsonMapper.builder().build()),
            new SetAsideRecords(),
            Duration.ZERO,
            null);
    follower.apply(
        List.of(
            verdict("n1", "s1"),
            verdict("n2", "s1"),
            verdict("n3", "s2"),
            held("n1"),
            held("n2"),
            held("n3")));
    SnapshotFollower.TOPICS.forEach(topic -> follower.endReached(topic, now));
    follower.alive(now);
  }

  /** Says where a site of it stands, and what it may announce. */
  public static void describe(Fleet fleet, SitePlace place, NetworkGrant grant) {
    fleet.swap(fleet.snapshot().edit().put(new KnownSite(place, grant)).done());
  }

  /** The control plane's next verdict on a node of it, such as {@code draining}. */
  public static void judge(Fleet fleet, String nodeId, NodeHealth health) {
    KnownNode known = Objects.requireNonNull(fleet.snapshot().nodes().get(nodeId), nodeId);
    fleet.swap(
        fleet
            .snapshot()
            .edit()
            .put(
                new KnownNode(
                    nodeId,
                    known.siteId(),
                    health,
                    "test",
                    known.baseUrl(),
                    known.certificateNotAfter()))
            .done());
  }

  private static StateRecord verdict(String nodeId, String siteId) {
    return new StateRecord(
        Topics.NODE_VERDICTS.name(),
        0,
        0,
        nodeId,
        SnapshotFollowerTest.verdict(nodeId, siteId, "healthy"));
  }

  private static StateRecord held(String nodeId) {
    return new StateRecord(
        Topics.NODE_HOLDINGS.name(),
        0,
        0,
        nodeId + "/tears/p1",
        SnapshotFollowerTest.held(nodeId, "tears", "p1"));
  }
}
