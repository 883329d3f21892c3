package io.tributary.benchmarks.steering;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.LoadBoard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole decisions on one core: the client is located, every holder assessed, the order made and,
 * where it says so, the record written as well. A thousand nodes in 200 sites; clients are random
 * networks, half of them in prefixes of the table.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class DecisionBenchmark {
  private static final int NODES = 1_000;
  private static final int SITES = 200;
  private static final int QUESTIONS = 1 << 16;
  private static final long SEED = 4;
  private static final PackageRef PACKAGE = new PackageRef("title", "p1");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** {@code synthetic}, or an MRT file. */
  @Param(BenchmarkRoutes.SYNTHETIC)
  public String routes = BenchmarkRoutes.SYNTHETIC;

  /** Nodes that hold the package. */
  @Param({"10", "100", "1000"})
  public int holders = 10;

  private final List<SteeringBrain.Question> questions = new ArrayList<>(QUESTIONS);
  private final LastDecision last = new LastDecision();
  private final Fleet fleet = new Fleet();
  private @Nullable SteeringBrain brain;
  private int next;

  /** Keeps what it was told last. */
  private static final class LastDecision implements DecisionSink {
    private @Nullable Decision told;

    @Override
    public void decided(Decision decision) {
      told = decision;
    }
  }

  @Setup
  public void gather() throws IOException {
    BenchmarkRoutes gathered = BenchmarkRoutes.of(routes);
    Nearness nearness =
        new Nearness(
            new ClientLocator(
                gathered.intake().table(), BenchmarkRoutes.sites(), Geography.UNKNOWN, null),
            List.of(),
            gathered.prefixes.size(),
            NOW);
    Random random = new Random(SEED);
    fill(random);
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(
          new SteeringBrain.Question(
              "play-" + random.nextLong(),
              PACKAGE,
              Optional.of(client(gathered.prefixes, random)),
              4,
              5_000_000,
              List.of(),
              null,
              Cohort.SYNTHETIC));
    }
    brain =
        new SteeringBrain(
            fleet,
            () -> nearness,
            new NearnessRanker(RankingPolicy.DEFAULTS),
            new DecisionIds(random),
            List.of(last));
  }

  private void fill(Random random) {
    FleetSnapshot.Edit edit = FleetSnapshot.EMPTY.edit();
    for (int i = 0; i < NODES; i++) {
      String nodeId = "node-" + i;
      edit.put(
          new KnownNode(
              nodeId,
              "site-" + i % SITES,
              NodeHealth.HEALTHY,
              "heard",
              "http://192.0.2.1:" + (1_024 + i),
              NOW.plus(Duration.ofDays(7))));
      fleet
          .loads()
          .put(nodeId, new LoadBoard.Load(10_000_000_000L, (long) (random.nextDouble() * 5e9)));
    }
    int step = NODES / holders;
    for (int i = 0; i < holders; i++) {
      edit.hold("node-" + i * step, PACKAGE);
    }
    fleet.swap(edit.done());
    fleet.aliveAt(NOW);
    fleet.usable();
  }

  @Benchmark
  public SteeringBrain.Answer decide() {
    return brain().decide(another(), NOW);
  }

  @Benchmark
  public DecisionRecord decideAndRecord() {
    if (brain().decide(another(), NOW) instanceof SteeringBrain.Answer.Decided
        && last.told != null) {
      return last.told.record().get();
    }
    throw new IllegalStateException("nothing was decided");
  }

  private SteeringBrain brain() {
    if (brain == null) {
      throw new IllegalStateException("not set up");
    }
    return brain;
  }

  private SteeringBrain.Question another() {
    next = (next + 1) & (QUESTIONS - 1);
    return questions.get(next);
  }

  private static ClientNetwork client(List<IpPrefix> prefixes, Random random) {
    IpPrefix prefix = prefixes.get(random.nextInt(prefixes.size()));
    byte[] address = new byte[prefix.version() == IpVersion.V4 ? 4 : 16];
    random.nextBytes(address);
    if (random.nextBoolean()) {
      for (int i = 0; i < Math.min(3, prefix.length() / Byte.SIZE); i++) {
        address[i] = (byte) (prefix.high() >>> (Long.SIZE - Byte.SIZE * (i + 1)));
      }
    }
    return new ClientNetwork(IpPrefix.masked(address, prefix.version() == IpVersion.V4 ? 24 : 48));
  }
}
