package io.tributary.sim.policy;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.world.Earth;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * MistServer's load balancer, after its published score: a server gets up to 500 points for idle
 * processors, 500 for free memory, 1,000 for free bandwidth, 1,000 for being near (a point for each
 * thousandth of half the globe), and 50 if it has the stream; the highest is chosen. A viewer sent
 * somewhere takes bandwidth there at once: what its stream usually takes, 0.5 to 8 Mb/s; of what
 * was added so three quarters stay at each report. A server without bandwidth left is not chosen.
 *
 * <p>Processors and memory follow what a server sends: to all of its processors, and from 30 % to
 * 70 % of its memory. The next best are named after the best, which MistServer does not do.
 */
public final class MistScorePolicy implements SteeringPolicy {
  private static final double LEAST_VIEWER_BITS_PER_SECOND = 512 * 1024;
  private static final double MOST_VIEWER_BITS_PER_SECOND = 8 * 1024 * 1024;
  private static final double IDLE_MEMORY = 0.3;
  private static final double MEMORY_OF_LOAD = 0.4;

  private final World world;
  private final Weights weights;
  private final double[][] nearness;
  private final boolean[] healthy;
  private final double[] sends;
  private final double[] added;

  /**
   * What the parts of the score weigh.
   *
   * @param cpu idle processors
   * @param ram free memory
   * @param bandwidth free bandwidth
   * @param geo nearness
   * @param bonus for having the stream
   * @param kept of added bandwidth at each report
   */
  public record Weights(
      double cpu, double ram, double bandwidth, double geo, double bonus, double kept) {
    /** As published. */
    public static final Weights PUBLISHED = new Weights(500, 500, 1_000, 1_000, 50, 0.75);

    /** What the search found, see {@code ./tributary sim tune --seed 1000}. */
    public static final Weights TUNED = new Weights(126, 60.6, 1_646, 2_517, 3_518, 0.113);

    /** What the search draws from: weights up to where one part overrules all others. */
    public static Weights any(SplittableRandom random) {
      return new Weights(
          1_000 * random.nextDouble(),
          1_000 * random.nextDouble(),
          4_000 * random.nextDouble(),
          20_000 * random.nextDouble(),
          10_000 * random.nextDouble(),
          random.nextDouble());
    }
  }

  /** A replica with these weights. */
  public MistScorePolicy(World world, Weights weights) {
    this.world = world;
    this.weights = weights;
    int nodes = world.nodes().size();
    this.healthy = new boolean[nodes];
    Arrays.fill(healthy, true);
    this.sends = new double[nodes];
    this.added = new double[nodes];
    this.nearness = new double[world.clients().size()][world.sites().size()];
    world
        .clients()
        .forEach(client ->
            world
                .sites()
                .forEach(site ->
                    nearness[client.index()][site.index()] =
                        1 - Earth.angle(client.coordinates(), site.coordinates()) / Math.PI));
  }

  @Override
  public Choice choose(Question question, Instant at) {
    Choice choice = consider(question, at);
    if (choice instanceof Choice.Named(List<Node> nodes)) {
      added[nodes.getFirst().index()] +=
          Math.clamp(
              (double) question.bitsPerSecond(),
              LEAST_VIEWER_BITS_PER_SECOND,
              MOST_VIEWER_BITS_PER_SECOND);
    }
    return choice;
  }

  @Override
  public Choice consider(Question question, Instant at) {
    Node[] best = new Node[MAX_NODES];
    double[] scores = new double[MAX_NODES];
    int count = 0;
    for (Node node : world.nodes()) {
      double score = score(node, question);
      if (score <= 0 || (count == MAX_NODES && score <= scores[count - 1])) {
        continue;
      }
      int place = count < MAX_NODES ? count++ : MAX_NODES - 1;
      while (place > 0 && scores[place - 1] < score) {
        scores[place] = scores[place - 1];
        best[place] = best[place - 1];
        place--;
      }
      scores[place] = score;
      best[place] = node;
    }
    List<Node> named = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      named.add(best[i]);
    }
    return named.isEmpty() ? new Choice.Refused("all servers are full") : new Choice.Named(named);
  }

  /** The higher the better; 0 where it must not be chosen. */
  double score(Node node, Question question) {
    int i = node.index();
    double capacity = node.egressCapacityBitsPerSecond();
    double taken = sends[i] + added[i];
    if (!healthy[i] || taken >= capacity) {
      return 0;
    }
    double load = Math.min(1, sends[i] / capacity);
    return weights.cpu * (1 - load)
        + weights.ram * (1 - IDLE_MEMORY - MEMORY_OF_LOAD * load)
        + weights.bandwidth * (1 - taken / capacity)
        + weights.geo * nearness[question.client().index()][node.site().index()]
        + (world.holdings().has(node, question.pack()) ? weights.bonus : 0);
  }

  @Override
  public void told(Node node, NodeVerdict verdict, Instant at) {
    healthy[node.index()] = verdict.health() == NodeHealth.HEALTHY;
    sends[node.index()] = verdict.load().egressBitsPerSecond();
    added[node.index()] *= weights.kept;
  }
}
