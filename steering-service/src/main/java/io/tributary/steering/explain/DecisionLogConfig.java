package io.tributary.steering.explain;

import static io.tributary.settings.SettingCheck.check;

/**
 * How decisions are recorded.
 *
 * @param maxRecordsPerSecond the rate of decisions above which they are answered and not recorded;
 *     a tenth of it for running plays that are told the order of their manifest again
 * @param queuedRecords how many records may wait for Kafka, about 2 KB each in a fleet of five
 *     nodes; more are counted and lost
 */
public record DecisionLogConfig(int maxRecordsPerSecond, int queuedRecords) {
  /** What {@code application.yml} says. */
  public static final DecisionLogConfig DEFAULTS = new DecisionLogConfig(500, 2_000);

  public DecisionLogConfig {
    check(
        maxRecordsPerSecond >= 1 && maxRecordsPerSecond <= 1_000_000,
        "max-records-per-second",
        maxRecordsPerSecond,
        "1 to 1000000");
    check(
        queuedRecords >= 1 && queuedRecords <= 100_000,
        "queued-records",
        queuedRecords,
        "1 to 100000");
  }
}
