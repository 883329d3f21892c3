package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.report.PinnedJava;
import io.tributary.benchmarks.report.RawRounds;
import io.tributary.benchmarks.report.Row;
import io.tributary.benchmarks.report.Verdicts;
import io.tributary.sim.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What steering costs: measures it in parts, keeps their rounds, and writes the page from them.
 * What is measured is on the first processor, what asks it on the second.
 */
public final class SteeringFigures {
  private static final String SERVER_CORE = "0";
  private static final String CLIENT_CORE = "1";
  private static final String BOTH_CORES = "0,1";

  /** Room for all prefixes while a table is made; a service's table alone needs far less. */
  private static final String HEAP = "2g";

  private static final Duration START = Duration.ofMinutes(2);

  private static final List<String> ABOUT =
      List.of(
          "Written by `./tributary bench steering`; what is measured, and how:"
              + " [benchmarks](../../benchmarks/README.md).",
          "A row is met when its whole interval is: the 95 % interval of the rounds' median, by"
              + " bootstrap. What must never be is looked for in every round. A row that was not"
              + " measured is not met.");

  private final PrintStream out;
  private final Path checkout;
  private final Path results;
  private final Optional<Path> routes;
  private final boolean isQuick;

  /**
   * Of a checkout.
   *
   * @param routes a real router's table, in MRT
   * @param isQuick whether it is for trying alone
   */
  public SteeringFigures(PrintStream out, Path checkout, Optional<Path> routes, boolean isQuick) {
    this.out = out;
    this.checkout = checkout.toAbsolutePath();
    this.results = checkout.resolve(isQuick ? ".tributary/bench" : "docs/results");
    this.routes = routes;
    this.isQuick = isQuick;
  }

  /** What can be measured by itself: each takes less than ten minutes. */
  public enum Part {
    /** How fast a table is asked and made, and what it retains. */
    TABLES("Tables"),
    /** Decisions with their records. */
    DECISIONS("Decisions"),
    /** Decisions while the fleet changes. */
    UPDATES("Decisions while 2,000 updates a second are applied"),
    /** Rankings over HTTP. */
    HTTP("Over HTTP");

    private final String heading;

    Part(String heading) {
      this.heading = heading;
    }

    private List<Row> rows() {
      return switch (this) {
        case TABLES -> SteeringRows.TABLES;
        case DECISIONS -> SteeringRows.DECISIONS;
        case UPDATES -> SteeringRows.UPDATES;
        case HTTP -> SteeringRows.HTTP;
      };
    }

    /** By which it is asked for. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Measures parts, and writes the page of all of them.
   *
   * @param command that it was asked for by
   * @return whether each could be measured
   */
  public boolean measure(List<Part> parts, String command)
      throws IOException, InterruptedException {
    boolean isWhole = true;
    for (Part part : parts) {
      out.println("Measuring " + part.word() + " (what it says: " + log(part) + ") ...");
      RawRounds raw = raw(part);
      raw.clear();
      raw.note("`" + command + "` " + Machine.inWords(checkout) + (isQuick ? ", QUICK" : ""));
      try {
        measure(part, raw);
      } catch (IOException e) {
        raw.note("Not all of it was measured: " + e.getMessage());
        out.println("tributary bench: " + e.getMessage());
        isWhole = false;
      }
    }
    write();
    for (Part part : parts) {
      new Verdicts(raw(part).rounds()).lines(part.rows()).forEach(out::println);
    }
    return isWhole;
  }

  private void measure(Part part, RawRounds raw) throws IOException, InterruptedException {
    PinnedJava java = new PinnedJava(log(part), checkout);
    String file = file(part).toAbsolutePath().toString();
    String length = isQuick ? "quick" : "whole";
    String rounds = isQuick ? "3" : "11";
    switch (part) {
      case TABLES -> {
        java.run(
            SERVER_CORE,
            HEAP,
            MicroFigures.class,
            with(List.of(file, length, "PrefixTableBenchmark.findAny"), tables()));
        java.run(SERVER_CORE, HEAP, TableCost.class, with(List.of(file, rounds), tables()));
      }
      case DECISIONS ->
          java.run(
              SERVER_CORE,
              HEAP,
              MicroFigures.class,
              with(List.of(file, length, "DecisionBenchmark.decideAndRecord"), tables()));
      case UPDATES -> {
        raw.note(tableInWords());
        java.run(
            BOTH_CORES,
            HEAP,
            DecisionsUnderUpdates.class,
            List.of(file, rounds, isQuick ? "1" : "5", table()));
      }
      case HTTP -> {
        raw.note(tableInWords());
        rankings(java, file, rounds, "still");
        rankings(java, file, rounds, "updates");
      }
    }
  }

  private void rankings(PinnedJava java, String file, String rounds, String news)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    Process server =
        java.start(
            SERVER_CORE, HEAP, RankingServer.class, List.of(String.valueOf(port), table(), news));
    try {
      awaitAnswer(port, server);
      java.run(
          CLIENT_CORE,
          HEAP,
          RankingRounds.class,
          List.of(
              file,
              String.valueOf(port),
              String.valueOf(server.pid()),
              table(),
              rounds,
              isQuick ? "1" : "4",
              news));
    } finally {
      server.destroyForcibly();
    }
  }

  private static void awaitAnswer(int port, Process server)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    HttpRequest snapshot =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/internal/v1/snapshot"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end && server.isAlive()) {
        try {
          if (client.send(snapshot, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (ConnectException e) {
          Thread.sleep(Duration.ofMillis(200)); // it is starting
        }
      }
    }
    throw new IOException("the server did not start");
  }

  /** The routes of single tables, each with its name. */
  private List<String> tables() {
    List<String> tables = new ArrayList<>();
    routes.ifPresent(file -> tables.addAll(List.of("real", file.toString())));
    tables.addAll(List.of("synthetic", BenchmarkRoutes.SYNTHETIC));
    return tables;
  }

  private String table() {
    return routes.map(Path::toString).orElse(BenchmarkRoutes.SYNTHETIC);
  }

  private String tableInWords() {
    return routes.isPresent() ? "With the real table." : "With the synthetic table.";
  }

  private static List<String> with(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private Path file(Part part) {
    return results.resolve("raw/steering-" + part.word() + ".csv");
  }

  private RawRounds raw(Part part) {
    return new RawRounds(file(part));
  }

  private Path log(Part part) {
    return checkout.resolve(".tributary/logs/bench-steering-" + part.word() + ".log");
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# What steering costs");
    lines.add("");
    if (isQuick) {
      lines.add("**QUICK: for trying alone, these are no results.**");
      lines.add("");
    }
    lines.addAll(ABOUT);
    for (Part part : Part.values()) {
      lines.add("");
      lines.add("## " + part.heading);
      List<String> notes = raw(part).notes();
      notes.forEach(note -> lines.add("- " + note));
      lines.add(
          notes.isEmpty()
              ? "- Nobody measured it yet."
              : "- [Rounds](raw/steering-" + part.word() + ".csv)");
      lines.add("");
      lines.addAll(new Verdicts(raw(part).rounds()).lines(part.rows()));
    }
    Files.write(results.resolve("steering.md"), lines);
    out.println("Written: " + results.resolve("steering.md"));
  }
}
