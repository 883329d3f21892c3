package io.tributary.benchmarks.steering;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class DecisionBenchmark {
  private static final int QUESTIONS = 1 << 16;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** {@code synthetic}, or an MRT file. */
  @Param(BenchmarkRoutes.SYNTHETIC)
  public String routes = BenchmarkRoutes.SYNTHETIC;

  /** Nodes that hold the package. */
  @Param({"10", "100", "1000"})
  public int holders = 10;

  private List<SteeringBrain.Question> questions = List.of();
  private final LastDecision last = new LastDecision();
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
    BenchmarkFleet known = new BenchmarkFleet(1, holders, NOW);
    questions = BenchmarkBrain.questions(known, gathered.prefixes, QUESTIONS);
    brain = BenchmarkBrain.of(known, BenchmarkBrain.nearness(gathered, NOW), List.of(last));
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
}
