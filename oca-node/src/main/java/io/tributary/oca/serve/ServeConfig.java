package io.tributary.oca.serve;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * The media door.
 *
 * @param address where the media door listens: a name or IP address of this machine
 * @param port where the media door listens; 0 for any free one
 * @param threads how many event loops serve; 0 takes one a processor
 * @param maxConnections how many connections are open at once; one more is closed
 * @param requestTimeout the time within which the whole next request must have come, from the
 *     connection's or the last answer's end on: it bounds both idle keep-alive and headers sent a
 *     byte at a time
 * @param stallTimeout the time after which an answer of which the client takes nothing is given up
 * @param stopTimeout how long running answers may go on when the node stops
 */
public record ServeConfig(
    String address,
    int port,
    int threads,
    int maxConnections,
    Duration requestTimeout,
    Duration stallTimeout,
    Duration stopTimeout) {
  public ServeConfig {
    check(!address.isBlank(), "address", address, "a name or an IP address");
    checkRange("port", port, 0, 65_535);
    checkRange("threads", threads, 0, 256);
    checkRange("max-connections", maxConnections, 1, 1_000_000);
    check(isWait(requestTimeout), "request-timeout", requestTimeout, "100ms to 10m");
    check(isWait(stallTimeout), "stall-timeout", stallTimeout, "100ms to 10m");
    check(isWait(stopTimeout), "stop-timeout", stopTimeout, "100ms to 10m");
  }

  private static boolean isWait(Duration duration) {
    return duration.toMillis() >= 100 && duration.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
