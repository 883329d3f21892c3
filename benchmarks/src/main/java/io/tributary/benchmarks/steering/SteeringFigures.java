package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.report.FigurePart;
import io.tributary.benchmarks.report.FiguresPage;
import io.tributary.benchmarks.report.PinnedJava;
import io.tributary.benchmarks.report.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

  private final FiguresPage<Part> page;
  private final Optional<Path> routes;
  private final boolean isQuick;

  /**
   * Of a checkout.
   *
   * @param routes a real router's table, in MRT
   * @param isQuick whether it is for trying alone
   */
  public SteeringFigures(PrintStream out, Path checkout, Optional<Path> routes, boolean isQuick) {
    this.page =
        new FiguresPage<>(
            out, checkout, "steering", "What steering costs", List.of(Part.values()), isQuick);
    this.routes = routes;
    this.isQuick = isQuick;
  }

  /** What can be measured by itself: each takes less than ten minutes. */
  public enum Part implements FigurePart {
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

    @Override
    public String heading() {
      return heading;
    }

    @Override
    public List<Row> rows() {
      return switch (this) {
        case TABLES -> SteeringRows.TABLES;
        case DECISIONS -> SteeringRows.DECISIONS;
        case UPDATES -> SteeringRows.UPDATES;
        case HTTP -> SteeringRows.HTTP;
      };
    }

    @Override
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
    return page.measure(parts, command, this::measure);
  }

  private void measure(Part part, FiguresPage.Measured into)
      throws IOException, InterruptedException {
    PinnedJava java = into.java();
    String file = into.file().toString();
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
        into.raw().note(tableInWords());
        java.run(
            BOTH_CORES,
            HEAP,
            DecisionsUnderUpdates.class,
            List.of(file, rounds, isQuick ? "1" : "5", table()));
      }
      case HTTP -> {
        into.raw().note(tableInWords());
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
}
