package io.tributary.benchmarks.steering;

import io.tributary.contracts.context.Cohort;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The service's brain, over a fleet and a table that are measured. */
final class BenchmarkBrain {
  private static final long SEED = 4;

  private BenchmarkBrain() {}

  /** Makes the brain. */
  static SteeringBrain of(BenchmarkFleet known, Nearness nearness, List<DecisionSink> sinks) {
    return new SteeringBrain(
        known.fleet(),
        () -> nearness,
        new NearnessRanker(RankingPolicy.DEFAULTS),
        new DecisionIds(new Random(SEED)),
        sinks);
  }

  /** What is known of nearness from these routes alone. */
  static Nearness nearness(BenchmarkRoutes routes, Instant at) {
    return new Nearness(
        new ClientLocator(
            routes.intake().table(), BenchmarkRoutes.sites(), Geography.UNKNOWN, null),
        List.of(),
        routes.prefixes.size(),
        at);
  }

  /** Plays of random viewers. */
  static List<SteeringBrain.Question> questions(
      BenchmarkFleet known, List<IpPrefix> prefixes, int count) throws UnknownHostException {
    Random random = new Random(SEED);
    List<SteeringBrain.Question> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      InetAddress client = InetAddress.getByAddress(Clients.address(prefixes, random));
      questions.add(
          new SteeringBrain.Question(
              "play-" + random.nextLong(),
              known.ref(i),
              ClientNetwork.of(client.getHostAddress()),
              4,
              BenchmarkFleet.PLAY_BITS_PER_SECOND,
              List.of(),
              null,
              Cohort.SYNTHETIC));
    }
    return questions;
  }
}
