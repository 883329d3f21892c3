package io.tributary.steering.contentsteering;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The players' own listener.
 *
 * @param address where the players' listener is: a name or IP address of this machine
 * @param port where the players' listener is; 0 for any free one
 * @param playKeysFile the public keys of those who sign plays' states, a JWK set
 * @param ttl how soon a player is to ask again while something is amiss
 * @param calmTtl how soon a player is to ask again while every node of its manifest is well.
 *     Players hold some 30 s of picture. Of a node that hangs, 6 s pass until that is known, then
 *     up to 1.25 times this until the player is told, and then up to the 10 s that hls.js waits for
 *     a segment: with more than 11 s it may freeze
 */
public record FaceConfig(
    String address, int port, Path playKeysFile, Duration ttl, Duration calmTtl) {
  /** What {@code application.yml} says of the times. */
  public static final Duration DEFAULT_TTL = Duration.ofSeconds(6);

  /** As {@link #DEFAULT_TTL}. */
  public static final Duration DEFAULT_CALM_TTL = Duration.ofSeconds(10);

  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofMinutes(5);

  public FaceConfig {
    check(!address.isBlank(), "address", address, "a name or IP address");
    checkRange("port", port, 0, 65_535);
    check(playKeysFile != null, "play-keys-file", "missing", "a file");
    check(ttl.compareTo(LEAST) >= 0 && ttl.compareTo(MOST) <= 0, "ttl", ttl, "2s to 5m");
    check(
        calmTtl.compareTo(ttl) >= 0 && calmTtl.compareTo(MOST) <= 0,
        "calm-ttl",
        calmTtl,
        "ttl to 5m");
  }
}
