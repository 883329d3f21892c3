package io.tributary.controlplane.doors;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * Where nodes come in.
 *
 * @param address where the node door listens: a name or IP address of this machine
 * @param port where the node door listens; 0 for any free one
 * @param maxConnections how many connections to the node door may be open at once, of which a node
 *     keeps one for its heartbeats; each takes heap for its TLS, so more of them want more memory
 * @param maxHandshakes how many TLS handshakes may be under way before newcomers are let in by
 *     ones; so a whole fleet that comes back at once does not starve the nodes that are in
 * @param maxInWork how many requests may be in work at once; over it they are answered 503.
 *     Enrolments may take a sixteenth of it, what else is not a heartbeat a quarter
 * @param retrySpread over how long refused nodes are told to spread their next try
 */
public record NodeDoorConfig(
    String address,
    int port,
    int maxConnections,
    int maxHandshakes,
    int maxInWork,
    Duration retrySpread) {
  /**
   * On this machine alone. So many connections because the heap of a small container, of which the
   * fleet's state takes the most, has no room for tens of thousands. So many handshakes because one
   * takes a millisecond or two of a core, and a far node's waits for it four times that of a round
   * trip. So many requests because a heartbeat may bring 64 KiB and the others, which have fewer
   * than a third of the places, 512 KiB, and because with Kafka unknown each heartbeat stays for
   * 250 ms.
   */
  public static final NodeDoorConfig DEFAULTS =
      new NodeDoorConfig("127.0.0.1", 8443, 2_000, 128, 512, Duration.ofSeconds(10));

  public NodeDoorConfig {
    check(!address.isBlank(), "address", "empty", "a name or IP address");
    checkRange("port", port, 0, 65_535);
    checkRange("max-connections", maxConnections, 1, 100_000);
    checkRange("max-handshakes", maxHandshakes, 1, 10_000);
    checkRange("max-in-work", maxInWork, 16, 10_000);
    check(
        retrySpread.toSeconds() >= 1 && retrySpread.toMinutes() <= 10,
        "retry-spread",
        retrySpread,
        "1s to 10m");
  }
}
