package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.load.HttpLoad;
import io.tributary.benchmarks.load.ProcessorTime;
import io.tributary.benchmarks.report.RawRounds;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.contracts.steering.SnapshotView;
import io.tributary.steering.location.IpPrefix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a {@link RankingServer} for rankings and for nothing, in turns, and tells what each costs.
 * Every request is of another play and viewer.
 */
public final class RankingRounds {
  private static final int CONNECTIONS = 64;
  private static final int REQUESTS = 1 << 14;

  /** Of rankings and of nothing, in pairs: they are noisier than what else is measured. */
  private static final int PAIRS_A_ROUND = 3;

  /** Of twice the time each, until the compilers have done with both. */
  private static final int WARMING_ROUNDS = 5;

  /** More than any round asks. */
  private static final int MOST_REQUESTS = 2_000_000;

  private static final int NODES = 4;
  private static final long SEED = 7;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RawRounds raw;
  private final InetSocketAddress server;
  private final ProcessorTime processor;
  private final Random random = new Random(SEED);
  private final List<byte[]> rankings = new ArrayList<>(REQUESTS);
  private final List<byte[]> nothings = new ArrayList<>(REQUESTS);

  private RankingRounds(RawRounds raw, int port, long pid, List<IpPrefix> prefixes)
      throws IOException {
    this.raw = raw;
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.processor = new ProcessorTime(pid);
    for (int i = 0; i < REQUESTS; i++) {
      InetAddress client = InetAddress.getByAddress(Clients.address(prefixes, random));
      String body =
          JSON.writeValueAsString(
              new RankingRequest(
                  "play-" + Long.toUnsignedString(random.nextLong()),
                  "title-" + random.nextInt(RankingServer.PACKAGES),
                  "p1",
                  client.getHostAddress(),
                  NODES,
                  BenchmarkFleet.PLAY_BITS_PER_SECOND,
                  List.of()));
      rankings.add(HttpLoad.post(RankingServer.RANKINGS, headers(), body));
      nothings.add(HttpLoad.post(RankingServer.NOTHINGS, headers(), body));
    }
  }

  /** As another service of the fleet sends them. */
  private String headers() {
    byte[] ids = new byte[24];
    random.nextBytes(ids);
    String hex = HexFormat.of().formatHex(ids);
    return ContextHeaders.TRACE_PARENT
        + ": 00-"
        + hex.substring(0, 32)
        + "-"
        + hex.substring(32)
        + "-01\r\n"
        + ContextHeaders.COHORT
        + ": synthetic\r\n";
  }

  /**
   * Measures.
   *
   * @param arguments the file of rounds, the server's port and process id, the routes, how many
   *     rounds, seconds of each, and {@code still} or {@code updates}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    RankingRounds measured =
        new RankingRounds(
            new RawRounds(Path.of(arguments[0])),
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            BenchmarkRoutes.of(arguments[3]).prefixes);
    int rounds = Integer.parseInt(arguments[4]);
    Duration round = Duration.ofSeconds(Long.parseLong(arguments[5]));
    try (HttpLoad load = new HttpLoad(measured.server, CONNECTIONS)) {
      measured.check();
      for (int i = 0; i < WARMING_ROUNDS; i++) {
        load.closedLoop(measured.rankings, round.multipliedBy(2), MOST_REQUESTS);
        load.closedLoop(measured.nothings, round.multipliedBy(2), MOST_REQUESTS);
      }
      if (arguments[6].equals("updates")) {
        measured.underUpdates(load, rounds, round);
      } else {
        measured.still(load, rounds, round);
      }
    }
  }

  /** What is measured must be answers with nodes, not refusals. */
  private void check() throws IOException, InterruptedException {
    RankingRequest request =
        new RankingRequest("play", "title-0", "p1", "192.0.2.1", NODES, null, List.of());
    HttpRequest asked =
        HttpRequest.newBuilder(uri(RankingServer.RANKINGS))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
            .build();
    String answer = send(asked);
    if (JSON.readValue(answer, Ranking.class).nodes().size() != NODES) {
      throw new IOException("answer is " + answer + " (expected: " + NODES + " nodes)");
    }
  }

  private void still(HttpLoad load, int rounds, Duration round) throws IOException {
    for (int i = 0; i < rounds; i++) {
      Cost one = perProcessorSecond(load, nothings, round);
      Cost other = perProcessorSecond(load, nothings, round);
      raw.add("aa", one.perProcessorSecond() / other.perProcessorSecond());
    }
    List<Double> most = new ArrayList<>();
    for (int i = 0; i < PAIRS_A_ROUND * rounds; i++) {
      Cost ours;
      Cost empty;
      if (random.nextBoolean()) {
        ours = perProcessorSecond(load, rankings, round);
        empty = perProcessorSecond(load, nothings, round);
      } else {
        empty = perProcessorSecond(load, nothings, round);
        ours = perProcessorSecond(load, rankings, round);
      }
      raw.add("ratio", ours.perProcessorSecond() / empty.perProcessorSecond());
      raw.add("cost.rankings", ours.perProcessorSecond());
      raw.add("cost.nothings", empty.perProcessorSecond());
      raw.add("most.rankings", ours.perSecond());
      raw.add("most.nothings", empty.perSecond());
      most.add(ours.perSecond());
    }
    Collections.sort(most);
    double half = most.get(most.size() / 2) / 2;
    for (int i = 0; i < rounds; i++) {
      openLoop("half", load, rankings, half, round);
      openLoop("half.nothings", load, nothings, half, round);
    }
  }

  private void underUpdates(HttpLoad load, int rounds, Duration round)
      throws IOException, InterruptedException {
    double most = load.closedLoop(rankings, round, MOST_REQUESTS).answered() / seconds(round);
    for (int i = 0; i < rounds; i++) {
      long before = snapshotVersion();
      openLoop("updated", load, rankings, most / 2, round);
      raw.add("updated.swaps", (snapshotVersion() - before) / seconds(round));
    }
  }

  private void openLoop(
      String key, HttpLoad load, List<byte[]> requests, double perSecond, Duration round)
      throws IOException {
    HttpLoad.Outcome outcome = load.openLoop(requests, perSecond, round);
    raw.add(key + ".rate", perSecond);
    raw.add(key + ".p50", outcome.latencies().percentileMillis(50));
    raw.add(key + ".p99", outcome.latencies().percentileMillis(99));
    raw.add(key + ".most", outcome.latencies().percentileMillis(100));
    raw.add(key + ".failed", outcome.failed());
  }

  private record Cost(double perProcessorSecond, double perSecond) {}

  private Cost perProcessorSecond(HttpLoad load, List<byte[]> requests, Duration round)
      throws IOException {
    double before = processor.seconds();
    HttpLoad.Outcome outcome = load.closedLoop(requests, round, MOST_REQUESTS);
    double took = processor.seconds() - before;
    if (outcome.failed() > 0) {
      throw new IOException(outcome.failed() + " requests failed (expected: none)");
    }
    return new Cost(outcome.answered() / took, outcome.answered() / outcome.seconds());
  }

  private long snapshotVersion() throws IOException, InterruptedException {
    String answer = send(HttpRequest.newBuilder(uri("/internal/v1/snapshot")).build());
    return JSON.readValue(answer, SnapshotView.class).snapshotVersion();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.getPort() + path);
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
