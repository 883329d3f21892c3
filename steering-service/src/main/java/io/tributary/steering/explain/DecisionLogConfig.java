package io.tributary.steering.explain;

import static io.tributary.settings.SettingCheck.checkRange;

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
    checkRange("max-records-per-second", maxRecordsPerSecond, 1, 1_000_000);
    checkRange("queued-records", queuedRecords, 1, 100_000);
  }
}
