package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.report.FigurePart;
import io.tributary.benchmarks.report.FiguresPage;
import io.tributary.benchmarks.report.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final FiguresPage<Part> page;
  private final Path checkout;
  private final boolean isQuick;

  /**
   * Of a checkout.
   *
   * @param isQuick whether it is for trying alone
   */
  public ControlPlaneFigures(PrintStream out, Path checkout, boolean isQuick) {
    this.page =
        new FiguresPage<>(
            out,
            checkout,
            "control-plane",
            "What hearing a fleet costs the control plane",
            List.of(Part.values()),
            isQuick);
    this.checkout = checkout.toAbsolutePath();
    this.isQuick = isQuick;
  }

  /** What can be measured by itself: each takes less than ten minutes. */
  public enum Part implements FigurePart {
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

    @Override
    public String heading() {
      return heading;
    }

    @Override
    public List<Row> rows() {
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

    @Override
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
    return page.measure(parts, command, this::measure);
  }

  private void measure(Part part, FiguresPage.Measured into)
      throws IOException, InterruptedException {
    try {
      into.java()
          .run(
              CLIENT_CORE,
              HEAP,
              HeartbeatRounds.class,
              List.of(
                  into.file().toString(),
                  checkout.toString(),
                  into.log().toString(),
                  SERVER_CORE,
                  part.kind,
                  String.valueOf(part.nodes),
                  part.rounds(isQuick),
                  part.seconds(isQuick)));
    } finally {
      String load = Files.readString(Path.of("/proc/loadavg"));
      into.raw()
          .note(
              "Load average at its end, over 1, 5 and 15 minutes: "
                  + load.replaceAll(" \\d+/.*\\s", ""));
    }
  }
}
