package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.load.Latencies;
import io.tributary.benchmarks.load.ProcessorTime;
import io.tributary.benchmarks.report.RawRounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A fleet's heartbeats against a control plane, in one of three ways: as they come ({@code
 * heartbeats}), while one of two replicas is killed and started again ({@code replicas}), and when
 * all nodes come back at once ({@code storm}).
 */
public final class HeartbeatRounds {
  /** What a node needs of files here, and what all else does. */
  private static final int OTHER_FILES = 1_000;

  /** The bar of a recovery; what takes longer is told as this. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration VERDICTS = Duration.ofSeconds(30);
  private static final long SEED = 3;

  /** Heartbeats, 500 a second, so that compilers have done with what comes often. */
  private static final int WARMING = 20_000;

  private final RawRounds raw;
  private final BenchedFleet fleet;
  private final HeartbeatLoad load;
  private final int nodes;
  private final int rounds;

  /** What is measured is how much happens in it, so it is slept through. */
  private final Duration round;

  private HeartbeatRounds(
      RawRounds raw,
      BenchedFleet fleet,
      HeartbeatLoad load,
      int nodes,
      int rounds,
      Duration round) {
    this.raw = raw;
    this.fleet = fleet;
    this.load = load;
    this.nodes = nodes;
    this.rounds = rounds;
    this.round = round;
  }

  /**
   * Measures.
   *
   * @param arguments the file of rounds, the checkout, the log, the replicas' processors, {@code
   *     heartbeats}, {@code replicas} or {@code storm}, how many nodes, how many rounds, and the
   *     seconds of one
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int nodes = Integer.parseInt(arguments[5]);
    needFiles(nodes + OTHER_FILES);
    System.setProperty("tributary.backends", "processes");
    String kind = arguments[4];
    try (BenchedFleet fleet =
        BenchedFleet.start(
            Path.of(arguments[1]),
            kind.equals("replicas") ? 2 : 1,
            nodes,
            arguments[3],
            Path.of(arguments[2]))) {
      List<JoinedNode> joined = fleet.join(nodes);
      int[] ports = fleet.replicas().stream().mapToInt(replica -> replica.ports().door()).toArray();
      try (HeartbeatLoad load = new HeartbeatLoad(joined, ports)) {
        HeartbeatRounds measured =
            new HeartbeatRounds(
                new RawRounds(Path.of(arguments[0])),
                fleet,
                load,
                nodes,
                Integer.parseInt(arguments[6]),
                Duration.ofSeconds(Long.parseLong(arguments[7])));
        switch (kind) {
          case "heartbeats" -> measured.heartbeats();
          case "replicas" -> measured.replicas();
          case "storm" -> measured.storm();
          default -> throw new IllegalArgumentException(kind);
        }
      }
    }
  }

  /** Each connection is a file at either end, and neither process may have fewer. */
  private static void needFiles(int count) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String most = line.split("\\s+", -1)[4];
        if (!most.equals("unlimited") && Long.parseLong(most) < count) {
          throw new IOException(
              "open files are limited to "
                  + most
                  + " (expected: at least "
                  + count
                  + "; raise it: ulimit -n "
                  + count
                  + ")");
        }
      }
    }
  }

  private void heartbeats() throws IOException, InterruptedException {
    Replica replica = fleet.replicas().getFirst();
    ProcessorTime processor = replica.processorTime();
    double before = processor.seconds();
    Thread.sleep(round);
    raw.add("idle.share", 100 * (processor.seconds() - before) / (round.toMillis() / 1e3));
    settle();
    List<Boolean> compressed = new ArrayList<>(Collections.nCopies(rounds, true));
    compressed.addAll(Collections.nCopies((rounds + 1) / 2, false));
    Collections.shuffle(compressed, new Random(SEED));
    for (boolean isCompressed : compressed) {
      load.compress(isCompressed);
      // What is under way has the other kind of body.
      Thread.sleep(Duration.ofSeconds(1));
      load.take();
      double began = processor.seconds();
      Thread.sleep(round);
      Tally tally = load.take();
      double took = processor.seconds() - began;
      String kind = isCompressed ? "gzip" : "plain";
      raw.add(kind + ".cpu", 1e6 * took / tally.answered());
      if (isCompressed) {
        raw.add("rate", tally.answered() / (round.toMillis() / 1e3));
        raw.add("share", 100 * took / (round.toMillis() / 1e3));
        raw.add("cores20k", took / (round.toMillis() / 1e3) / nodes * 20_000);
        raw.add("p50", tally.answers().percentileMillis(50));
        raw.add("p99", tally.answers().percentileMillis(99));
        raw.add("late.p99", tally.lateness().percentileMillis(99));
      }
      raw.add("failed", tally.failures() + tally.refusals());
    }
    raw.add("resident", replica.residentMebibytes());
    raw.add("heap", replica.liveHeapMebibytes());
    compare();
  }

  private void replicas() throws IOException, InterruptedException {
    settle();
    load.repeat();
    Replica victim = fleet.replicas().getLast();
    for (int i = 0; i < rounds; i++) {
      Thread.sleep(round);
      load.take();
      long killed = System.nanoTime();
      victim.kill();
      raw.add("recovery", load.secondsUntilAllAreAnswered(killed, PATIENCE));
      Tally tally = load.take();
      raw.add("refused", tally.refusals());
      raw.add("unanswered", tally.failures());
      victim.start();
      victim.awaitReady();
      awaitNextFacts();
      compare();
      load.begin(round);
    }
  }

  private void storm() throws IOException, InterruptedException {
    Replica replica = fleet.replicas().getFirst();
    settle();
    for (int i = 0; i < rounds; i++) {
      Thread.sleep(round);
      load.take();
      ProcessorTime processor = replica.processorTime();
      double before = processor.seconds();
      long began = System.nanoTime();
      load.herd();
      raw.add("herd.recovery", load.secondsUntilAllAreAnswered(began, PATIENCE));
      double took = processor.seconds() - before;
      Tally tally = load.take();
      handshakes("herd", tally);
      raw.add("herd.cpu", 1e3 * took / tally.handshakesDone());
    }
    for (int i = 0; i < rounds; i++) {
      Thread.sleep(round);
      load.take();
      long began = System.nanoTime();
      replica.kill();
      replica.start();
      replica.awaitReady();
      raw.add("restart.ready", (System.nanoTime() - began) / 1e9);
      raw.add("restart.recovery", load.secondsUntilAllAreAnswered(began, PATIENCE));
      handshakes("restart", load.take());
    }
    awaitNextFacts();
    compare();
  }

  /**
   * A detector reads what comes after it was given its partitions: what nodes sent while those
   * changed hands, it learns from their next heartbeats.
   */
  private void awaitNextFacts() throws InterruptedException {
    Thread.sleep(round.multipliedBy(2));
  }

  private void handshakes(String key, Tally tally) throws IOException {
    Latencies handshakes = tally.handshakes();
    raw.add(key + ".handshakes", handshakes.count());
    raw.add(key + ".handshake.p50", handshakes.percentileMillis(50));
    raw.add(key + ".handshake.p99", handshakes.percentileMillis(99));
    raw.add(key + ".refused", tally.refusals());
    raw.add(key + ".unanswered", tally.failures());
  }

  /** All nodes are in, heard, and judged; compilers have seen what there is. */
  private void settle() throws IOException, InterruptedException {
    long began = System.nanoTime();
    // 200 new connections a second: a start, not a storm.
    load.begin(Duration.ofSeconds(Math.max(10, nodes / 200)));
    if (load.secondsUntilAllAreAnswered(began, PATIENCE) >= PATIENCE.toSeconds()) {
      throw new IOException("not every node was heard within " + PATIENCE);
    }
    for (int i = 0; i < WARMING / nodes; i++) {
      Duration spread = Duration.ofMillis(2L * nodes);
      load.begin(spread);
      Thread.sleep(spread);
    }
    load.begin(round);
    // Each is heard once more, spread as in the rounds.
    Thread.sleep(round.multipliedBy(2));
  }

  /** What the fleet knows of each node is what that node sent last. */
  private void compare() throws IOException, InterruptedException {
    load.pause(PATIENCE);
    try (SaidVerdicts verdicts = new SaidVerdicts(fleet.kafkaServers())) {
      raw.add("wrong", (double) verdicts.notOfTheLast(load.lastSent(), VERDICTS));
      raw.add("unhealthy", (double) (nodes - verdicts.healthy()));
    }
  }
}
