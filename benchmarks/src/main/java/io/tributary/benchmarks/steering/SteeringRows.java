package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.report.Bar;
import io.tributary.benchmarks.report.Row;
import java.util.List;

/** What the page tells, whether it was measured or not. */
final class SteeringRows {
  static final List<Row> TABLES =
      List.of(
          perSecond("findAny.real", "longest-prefix match, real table", atLeast(5_000_000)),
          perSecond(
              "findAny.synthetic", "longest-prefix match, synthetic table", atLeast(5_000_000)),
          new Row("build.real", "real table, from its file", "ms", 0, new Bar.AtMost(2_000)),
          new Row("build.synthetic", "synthetic table", "ms", 0, new Bar.None()),
          new Row("retained.real", "real table retains", "MiB", 1, new Bar.AtMost(64)),
          new Row("retained.synthetic", "synthetic table retains", "MiB", 1, new Bar.None()));

  static final List<Row> DECISIONS =
      List.of(
          decision("real", 10, atLeast(200_000)),
          decision("real", 100, new Bar.None()),
          decision("real", 1_000, new Bar.None()),
          decision("synthetic", 10, atLeast(200_000)),
          decision("synthetic", 100, new Bar.None()),
          decision("synthetic", 1_000, new Bar.None()));

  static final List<Row> UPDATES =
      List.of(
          perSecond("under.records", "updates applied", atLeast(1_990)),
          perSecond("under.swaps", "snapshots swapped", new Bar.None()),
          new Row("under.p50", "decision p50", "µs", 1, new Bar.None()),
          new Row("under.p99", "decision p99", "µs", 1, new Bar.None()),
          new Row("under.most", "slowest decision", "µs", 0, new Bar.None()),
          new Row("under.failed", "decisions that failed", "", 0, new Bar.Never()));

  static final List<Row> HTTP =
      List.of(
          new Row("aa", "empty handler / itself, requests a CPU-second", "", 3, new Bar.None()),
          new Row(
              "ratio",
              "ranking / empty handler, requests a CPU-second",
              "",
              3,
              new Bar.AtLeastLessMargin(0.7, "aa")),
          perSecond("cost.rankings", "rankings a CPU-second", new Bar.None()),
          perSecond("cost.nothings", "empty answers a CPU-second", new Bar.None()),
          perSecond("most.rankings", "most rankings on one core", atLeast(10_000)),
          perSecond("most.nothings", "most empty answers on one core", new Bar.None()),
          millis("half.p50", "ranking p50 at half of the most", new Bar.None()),
          millis("half.p99", "ranking p99 at half of the most", new Bar.AtMost(10)),
          millis("half.nothings.p99", "empty answer p99 at that rate", new Bar.None()),
          new Row("half.failed", "rankings lost", "", 0, new Bar.Never()),
          perSecond(
              "updated.swaps", "snapshots swapped while 2,000 updates/s come", new Bar.None()),
          millis("updated.p99", "ranking p99 meanwhile, at half of the most", new Bar.AtMost(10)),
          new Row("updated.failed", "rankings lost meanwhile", "", 0, new Bar.Never()));

  private SteeringRows() {}

  private static Bar atLeast(double least) {
    return new Bar.AtLeast(least);
  }

  private static Row perSecond(String key, String words, Bar bar) {
    return new Row(key, words, "/s", 0, bar);
  }

  private static Row millis(String key, String words, Bar bar) {
    return new Row(key, words, "ms", 2, bar);
  }

  private static Row decision(String table, int holders, Bar bar) {
    return perSecond(
        "decideAndRecord." + table + "." + holders,
        "decision with record, " + holders + " holders, " + table + " table",
        bar);
  }
}
