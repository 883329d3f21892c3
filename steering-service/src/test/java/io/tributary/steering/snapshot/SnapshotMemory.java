package io.tributary.steering.snapshot;

import io.tributary.contracts.event.Topics;
import io.tributary.steering.snapshot.SnapshotFollower.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a snapshot takes of the heap, by fleet: {@code SnapshotMemory NODES PACKAGES_A_NODE COPIES}.
 * The records go the way that Kafka's go, so the strings are as many as there. No test: it prints a
 * figure for docs/operations.md.
 */
final class SnapshotMemory {
  private static final int BATCH = 500;

  private SnapshotMemory() {}

  public static void main(String[] arguments) throws InterruptedException {
    int nodes = Integer.parseInt(arguments[0]);
    int each = Integer.parseInt(arguments[1]);
    int packages = nodes * each / Integer.parseInt(arguments[2]);
    Fleet fleet = new Fleet();
    SnapshotFollower follower =
        new SnapshotFollower(
            fleet,
            new FactReader(JsonMapper.builder().build()),
            new SetAsideRecords(),
            Duration.ZERO,
            null);
    follower.apply(List.of(judged("warm-up")));
    long before = used();
    List<StateRecord> batch = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      String nodeId = "node-" + node + "-site-" + node / 4;
      batch.add(judged(nodeId));
      for (int held = 0; held < each; held++) {
        int number = (int) ((node * (long) each + held) % packages);
        String titleId = "title-" + number + "-of-the-catalogue";
        batch.add(
            new StateRecord(
                Topics.NODE_HOLDINGS.name(),
                0,
                0,
                nodeId + "/" + titleId + "/p0123456789ab",
                SnapshotFollowerTest.held(nodeId, titleId, "p0123456789ab")));
        if (batch.size() >= BATCH) {
          follower.apply(batch);
          batch.clear();
        }
      }
    }
    follower.apply(batch);
    batch.clear();
    // What the first reading named is let go when it is settled.
    SnapshotFollower.TOPICS.forEach(topic -> follower.endReached(topic, Instant.EPOCH));
    follower.settle(Instant.EPOCH.plusSeconds(60));
    long bytes = used() - before;
    FleetSnapshot snapshot = fleet.snapshot();
    System.out.printf(
        "nodes=%d packages=%d holdings=%d snapshotBytes=%d bytesAHolding=%d%n",
        snapshot.nodes().size() - 1,
        snapshot.packages(),
        snapshot.holdings(),
        bytes,
        bytes / Math.max(1, snapshot.holdings()));
  }

  private static StateRecord judged(String nodeId) {
    return new StateRecord(
        Topics.NODE_VERDICTS.name(),
        0,
        0,
        nodeId,
        SnapshotFollowerTest.verdict(nodeId, "site-1", "healthy"));
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      // References and cleaners let go of more after each collection, by threads of their own.
      Thread.sleep(100);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
