package io.tributary.pipeline.transcoding;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param pollInterval how often a worker looks for jobs whose wake-up was lost
 * @param lease the time after which a silent worker's job may be taken by another
 * @param retryPause the pause after a failure that is not the source's
 * @param maxAttempts of probing and encoding one source, which ends as failed after them; what is
 *     away beside it counts for none
 * @param finishWithin how long a worker that is told to stop may go on with the source it is at;
 *     {@code 0s} leaves it to another worker at once
 */
public record WorkerConfig(
    Duration pollInterval,
    Duration lease,
    Duration retryPause,
    int maxAttempts,
    Duration finishWithin) {
  /** What the settings' file says. */
  public static final WorkerConfig DEFAULTS =
      new WorkerConfig(
          Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(5), 10, Duration.ZERO);

  public WorkerConfig {
    check(pollInterval.toMillis() >= 50, "poll-interval", pollInterval, "50ms or more");
    check(lease.toMillis() >= 3_000, "lease", lease, "3s or more");
    check(retryPause.toMillis() >= 100, "retry-pause", retryPause, "100ms or more");
    checkRange("max-attempts", maxAttempts, 1, 1_000);
    check(
        !finishWithin.isNegative() && finishWithin.toHours() < 24,
        "finish-within",
        finishWithin,
        "0s to 24h");
  }
}
