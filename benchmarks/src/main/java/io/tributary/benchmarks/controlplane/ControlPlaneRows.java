package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.report.Bar;
import io.tributary.benchmarks.report.Row;
import java.util.List;

/** What the page tells, whether it was measured or not. */
final class ControlPlaneRows {
  static final List<Row> HEARTBEATS =
      List.of(
          plain("gzip.cpu", "CPU a heartbeat, all that the process does in it", "µs", 0),
          plain("plain.cpu", "the same, bodies not compressed", "µs", 0),
          plain("rate", "heartbeats answered", "/s", 0),
          plain("share", "of the core", "%", 1),
          plain("idle.share", "of the core, before any node connected", "%", 1),
          plain("cores20k", "20,000 nodes at 10 s need, by this", "cores", 2),
          plain("p50", "from due to answered, p50", "ms", 2),
          new Row("p99", "from due to answered, p99", "ms", 2, new Bar.AtMost(100)),
          plain("late.p99", "of that the load's own delay, p99", "ms", 2),
          never("failed", "heartbeats refused or lost"),
          plain("resident", "memory of the process", "MiB", 0),
          plain("heap", "heap in use after a collection", "MiB", 0),
          never("wrong", "nodes whose verdict is not of what they sent last"),
          never("unhealthy", "nodes not judged healthy"));

  static final List<Row> REPLICAS =
      List.of(
          seconds("recovery", "from the kill until every node was heard again", new Bar.AtMost(60)),
          plain("unanswered", "tries that nobody answered meanwhile", "", 0),
          plain("refused", "tries told to come again", "", 0),
          never("wrong", "nodes whose verdict is not of what they sent last"),
          never("unhealthy", "nodes not judged healthy"));

  static final List<Row> STORM =
      List.of(
          seconds("herd.recovery", "every node reconnected and heard", new Bar.AtMost(60)),
          plain("herd.cpu", "CPU a node: handshake, heartbeat, and all else meanwhile", "ms", 2),
          plain("herd.handshakes", "handshakes", "", 0),
          plain("herd.handshake.p50", "from connecting to its end, p50", "ms", 0),
          plain("herd.handshake.p99", "from connecting to its end, p99", "ms", 0),
          plain("herd.refused", "tries told to come again", "", 0),
          plain("herd.unanswered", "tries that nobody answered", "", 0),
          seconds("restart.ready", "killed, started, ready", new Bar.None()),
          seconds(
              "restart.recovery", "from the kill until every node was heard", new Bar.AtMost(60)),
          plain("restart.handshakes", "handshakes", "", 0),
          plain("restart.handshake.p50", "from connecting to its end, p50", "ms", 0),
          plain("restart.handshake.p99", "from connecting to its end, p99", "ms", 0),
          plain("restart.refused", "tries told to come again", "", 0),
          plain("restart.unanswered", "tries that nobody answered", "", 0),
          never("wrong", "nodes whose verdict is not of what they sent last"),
          never("unhealthy", "nodes not judged healthy"));

  private ControlPlaneRows() {}

  private static Row plain(String key, String words, String unit, int digits) {
    return new Row(key, words, unit, digits, new Bar.None());
  }

  private static Row seconds(String key, String words, Bar bar) {
    return new Row(key, words, "s", 1, bar);
  }

  private static Row never(String key, String words) {
    return new Row(key, words, "", 0, new Bar.Never());
  }
}
