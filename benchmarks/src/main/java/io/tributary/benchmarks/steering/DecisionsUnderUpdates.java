package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.load.Latencies;
import io.tributary.benchmarks.report.RawRounds;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.steering.brain.SteeringBrain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides, with the record, at a fixed rate, while another thread tells the fleet news as the
 * service's follower does. Time counts from when a decision was due.
 */
public final class DecisionsUnderUpdates {
  private static final int PACKAGES = 1_000;
  private static final int HOLDERS = 10;
  private static final int QUESTIONS = 1 << 16;
  private static final int DECISIONS_PER_SECOND = 10_000;

  private final SteeringBrain brain;
  private final List<SteeringBrain.Question> questions;
  private int asked;
  private @Nullable DecisionRecord last;

  private DecisionsUnderUpdates(BenchmarkFleet known, BenchmarkRoutes routes) throws IOException {
    Instant at = Instant.now();
    questions = BenchmarkBrain.questions(known, routes.prefixes, QUESTIONS);
    brain =
        BenchmarkBrain.of(
            known,
            BenchmarkBrain.nearness(routes, at),
            List.of(decision -> last = decision.record().get()));
  }

  /**
   * Adds rounds {@code under.p50}, {@code under.p99}, {@code under.most} in microseconds, {@code
   * under.records}, {@code under.swaps} a second and {@code under.failed}.
   *
   * @param arguments the file of rounds, how many of them, seconds of each, and the routes
   */
  public static void main(String[] arguments) throws IOException {
    RawRounds raw = new RawRounds(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    BenchmarkFleet known = new BenchmarkFleet(PACKAGES, HOLDERS, Instant.now());
    DecisionsUnderUpdates measured =
        new DecisionsUnderUpdates(known, BenchmarkRoutes.of(arguments[3]));
    UpdatesThread updates = new UpdatesThread(known);
    updates.start();
    measured.round(Duration.ofSeconds(2L * seconds)); // warms up
    for (int round = 0; round < rounds; round++) {
      long recordsBefore = updates.records();
      long versionBefore = known.fleet().snapshot().version();
      long began = System.nanoTime();
      Round told = measured.round(Duration.ofSeconds(seconds));
      double took = (System.nanoTime() - began) / 1e9;
      raw.add("under.p50", told.percentileMicros(50));
      raw.add("under.p99", told.percentileMicros(99));
      raw.add("under.most", told.percentileMicros(100));
      raw.add("under.failed", told.failed());
      raw.add("under.records", (updates.records() - recordsBefore) / took);
      raw.add("under.swaps", (known.fleet().snapshot().version() - versionBefore) / took);
    }
    updates.end();
  }

  private record Round(Latencies latencies, int failed) {
    double percentileMicros(int percent) {
      return latencies.percentileMillis(percent) * 1e3;
    }
  }

  private Round round(Duration duration) {
    int count = (int) (duration.toSeconds() * DECISIONS_PER_SECOND);
    long[] latencies = new long[count];
    int failed = 0;
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + i * (1_000_000_000L / DECISIONS_PER_SECOND);
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      failed += isSteered() ? 0 : 1;
      latencies[i] = System.nanoTime() - due;
    }
    return new Round(new Latencies(latencies, count), failed);
  }

  private boolean isSteered() {
    last = null;
    SteeringBrain.Question question = questions.get(asked++ % QUESTIONS);
    return brain.decide(question, Instant.now()) instanceof SteeringBrain.Answer.Decided decided
        && !decided.ranking().nodes().isEmpty()
        && last != null;
  }
}
