package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.report.PinnedJava;
import io.tributary.benchmarks.report.RawRounds;
import io.tributary.benchmarks.report.Row;
import io.tributary.benchmarks.report.Verdicts;
import io.tributary.sim.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What hearing a fleet costs the control plane: measures it in parts, keeps their rounds, and
 * writes the page from them. The control plane is on the first processor; nodes, Cassandra and
 * Kafka share the second.
 */
public final class ControlPlaneFigures {
  private static final String SERVER_CORE = "0";
  private static final String CLIENT_CORE = "1";

  /** Of the nodes, whose TLS is most of it. */
  private static final String HEAP = "2g";

  private static final List<String> ABOUT =
      List.of(
          "Written by `./tributary bench control-plane`; what is measured, and how:"
              + " [benchmarks](../../benchmarks/README.md).",
          "A row is met when its whole interval is: the 95 % interval of the rounds' median, by"
              + " bootstrap. What must never be is looked for in every round. A row that was not"
              + " measured is not met.");

  private final PrintStream out;
  private final Path checkout;
  private final Path results;
  private final boolean isQuick;

  /**
   * Of a checkout.
   *
   * @param isQuick whether it is for trying alone
   */
  public ControlPlaneFigures(PrintStream out, Path checkout, boolean isQuick) {
    this.out = out;
    this.checkout = checkout.toAbsolutePath();
    this.results = checkout.resolve(isQuick ? ".tributary/bench" : "docs/results");
    this.isQuick = isQuick;
  }

  /** What can be measured by itself: each takes less than ten minutes. */
  public enum Part {
    /** As they come. */
    HEARTBEATS_1000("Heartbeats of 1,000 nodes", "heartbeats", 1_000),
    /** As they come. */
    HEARTBEATS_5000("Heartbeats of 5,000 nodes", "heartbeats", 5_000),
    /** While a replica is killed. */
    REPLICAS_1000("1,000 nodes at two replicas, one of which is killed", "replicas", 1_000),
    /** While a replica is killed. */
    REPLICAS_5000("5,000 nodes at two replicas, one of which is killed", "replicas", 5_000),
    /** When all come back at once. */
    STORM_1000("1,000 nodes come back at once", "storm", 1_000),
    /** When all come back at once. */
    STORM_5000("5,000 nodes come back at once", "storm", 5_000);

    private final String heading;
    private final String kind;
    private final int nodes;

    Part(String heading, String kind, int nodes) {
      this.heading = heading;
      this.kind = kind;
      this.nodes = nodes;
    }

    private List<Row> rows() {
      return switch (this) {
        case HEARTBEATS_1000, HEARTBEATS_5000 -> ControlPlaneRows.HEARTBEATS;
        case REPLICAS_1000, REPLICAS_5000 -> ControlPlaneRows.REPLICAS;
        case STORM_1000, STORM_5000 -> ControlPlaneRows.STORM;
      };
    }

    private String rounds(boolean isQuick) {
      return isQuick ? "2" : kind.equals("heartbeats") ? "10" : "3";
    }

    private String seconds(boolean isQuick) {
      return isQuick ? "5" : "10";
    }

    /** By which it is asked for. */
    public String word() {
      return kind + "-" + nodes;
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
      Path log = checkout.resolve(".tributary/logs/bench-control-plane-" + part.word() + ".log");
      out.println("Measuring " + part.word() + " (what it says: " + log + ") ...");
      RawRounds raw = raw(part);
      raw.clear();
      raw.note("`" + command + "` " + Machine.inWords(checkout) + (isQuick ? ", QUICK" : ""));
      try {
        new PinnedJava(log, checkout)
            .run(
                CLIENT_CORE,
                HEAP,
                HeartbeatRounds.class,
                List.of(
                    file(part).toAbsolutePath().toString(),
                    checkout.toString(),
                    log.toString(),
                    SERVER_CORE,
                    part.kind,
                    String.valueOf(part.nodes),
                    part.rounds(isQuick),
                    part.seconds(isQuick)));
      } catch (IOException e) {
        raw.note("Not all of it was measured: " + e.getMessage());
        out.println("tributary bench: " + e.getMessage());
        isWhole = false;
      }
      String load = Files.readString(Path.of("/proc/loadavg"));
      raw.note(
          "Load average at its end, over 1, 5 and 15 minutes: "
              + load.replaceAll(" \\d+/.*\\s", ""));
    }
    write();
    for (Part part : parts) {
      new Verdicts(raw(part).rounds()).lines(part.rows()).forEach(out::println);
    }
    return isWhole;
  }

  private Path file(Part part) {
    return results.resolve("raw/control-plane-" + part.word() + ".csv");
  }

  private RawRounds raw(Part part) {
    return new RawRounds(file(part));
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# What hearing a fleet costs the control plane");
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
              : "- [Rounds](raw/control-plane-" + part.word() + ".csv)");
      lines.add("");
      lines.addAll(new Verdicts(raw(part).rounds()).lines(part.rows()));
    }
    Files.write(results.resolve("control-plane.md"), lines);
    out.println("Written: " + results.resolve("control-plane.md"));
  }
}
