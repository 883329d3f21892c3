package io.tributary.benchmarks.steering;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FollowedUpdates;
import io.tributary.steering.snapshot.FollowedUpdates.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * A thousand nodes of 10 Gbit/s in 200 sites, each package at some of them, and what is told of
 * them as time goes on. The same each time. For one thread, but for {@link #fleet}.
 */
final class BenchmarkFleet {
  /**
   * Next to nothing: more plays come in a second of measuring than any fleet of this size takes in
   * an hour, and what they are promised must leave it as full as its nodes say.
   */
  static final long PLAY_BITS_PER_SECOND = 100;

  private static final int NODES = 1_000;
  private static final int SITES = 200;
  private static final long CAPACITY_BITS_PER_SECOND = 10_000_000_000L;

  /** Of which one in four is of a holding, and one in a hundred changes a node's health. */
  private static final int UPDATES = 20_000;

  private static final long SEED = 4;

  /** Until when no certificate ends. */
  private static final Duration LONG = Duration.ofDays(7);

  private final JsonMapper json = JsonMapper.builder().build();
  private final Random random = new Random(SEED);
  private final Fleet fleet = new Fleet();
  private final FollowedUpdates followed = new FollowedUpdates(fleet, json);
  private final int packages;
  private final Instant at;
  private final List<Update> updates = new ArrayList<>(UPDATES);
  private int next;

  /**
   * Begins to know the fleet.
   *
   * @param packages how many there are
   * @param holders of each
   */
  BenchmarkFleet(int packages, int holders, Instant at) {
    this.packages = packages;
    this.at = at;
    List<Update> first = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      first.add(verdict(node, NodeHealth.HEALTHY));
    }
    int step = NODES / holders;
    for (int i = 0; i < packages; i++) {
      for (int holder = 0; holder < holders; holder++) {
        first.add(held((i + holder * step) % NODES, ref(i)));
      }
    }
    followed.begin(first, at);
  }

  /** What is known of it. */
  Fleet fleet() {
    return fleet;
  }

  /** The package of that number. */
  PackageRef ref(int number) {
    return new PackageRef("title-" + number % packages, "p1");
  }

  /** Tells the next few things, as one reading of Kafka. */
  void update(int records, Instant now) {
    if (updates.isEmpty()) {
      gatherUpdates();
    }
    List<Update> batch = new ArrayList<>(records);
    for (int i = 0; i < records; i++) {
      batch.add(updates.get(next++ % UPDATES));
    }
    followed.apply(batch, now);
  }

  /** After them all is as before, so that they can be told again and again. */
  private void gatherUpdates() {
    while (updates.size() < UPDATES) {
      int node = random.nextInt(NODES);
      for (int i = 0; i < 5; i++) {
        updates.add(verdict(random.nextInt(NODES), NodeHealth.HEALTHY));
      }
      boolean changesHealth = updates.size() % 200 < 8;
      if (changesHealth) {
        updates.add(verdict(node, NodeHealth.DRAINING));
        updates.add(verdict(node, NodeHealth.HEALTHY));
      } else {
        // A new package, and it is gone again: holders of those that are asked for stay as many.
        PackageHeld held = heldBy(node, new PackageRef("new-" + updates.size(), "p1"));
        updates.add(new Update(Topics.NODE_HOLDINGS.name(), held.key(), event(held)));
        updates.add(new Update(Topics.NODE_HOLDINGS.name(), held.key(), null));
      }
      updates.add(verdict(node, NodeHealth.HEALTHY));
    }
  }

  private Update verdict(int node, NodeHealth health) {
    String nodeId = "node-" + node;
    NodeVerdict verdict =
        new NodeVerdict(
            nodeId,
            "site-" + node % SITES,
            health,
            "heard",
            at,
            1,
            1,
            List.of(new NodeEndpoint("http", "192.0.2.1", 1_024 + node)),
            new NodeCapacity(CAPACITY_BITS_PER_SECOND, 1L << 40, 10_000),
            new NodeLoad((long) (random.nextDouble() * 5e9), 1_000, 1L << 39, 0),
            1,
            1,
            at.plus(LONG),
            null,
            1L);
    return new Update(
        Topics.NODE_VERDICTS.name(),
        nodeId,
        json.writeValueAsString(
            new Event<>(
                "event",
                at,
                NodeVerdict.TYPE,
                1,
                "local",
                null,
                null,
                null,
                Cohort.SYNTHETIC,
                verdict)));
  }

  private Update held(int node, PackageRef ref) {
    PackageHeld held = heldBy(node, ref);
    return new Update(Topics.NODE_HOLDINGS.name(), held.key(), event(held));
  }

  private static PackageHeld heldBy(int node, PackageRef ref) {
    return new PackageHeld("node-" + node, ref.titleId(), ref.packageVersion(), 1);
  }

  private String event(PackageHeld held) {
    return json.writeValueAsString(
        new Event<>(
            "event", at, PackageHeld.TYPE, 1, "local", null, null, null, Cohort.SYNTHETIC, held));
  }
}
