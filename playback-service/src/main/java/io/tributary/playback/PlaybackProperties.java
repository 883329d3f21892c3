package io.tributary.playback;

import io.tributary.playback.lastknown.LastKnownConfig;
import io.tributary.playback.plays.PlayRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code playback.*}: what only this service has.
 *
 * @param admin the operators' listener
 * @param steeringUrls base URLs of steering; each address of their hosts is a replica
 * @param steeringResolveInterval at which these hosts' addresses are asked for anew
 * @param signingKeysFile a private JWK set; its first key signs
 * @param publicBaseUrl where viewers reach the gateway
 * @param stateDirectory where this replica keeps what it remembers
 * @param plays how plays are granted
 * @param lastKnown how much is remembered
 */
@ConfigurationProperties("playback")
record PlaybackProperties(
    AdminListener admin,
    List<URI> steeringUrls,
    Duration steeringResolveInterval,
    String signingKeysFile,
    URI publicBaseUrl,
    String stateDirectory,
    PlayRules plays,
    LastKnownConfig lastKnown) {
  PlaybackProperties {
    steeringUrls = steeringUrls.stream().map(PlaybackProperties::withoutSlash).toList();
    for (URI url : steeringUrls) {
      check(
          url.toString().matches("https?://[^/?#@]+") && url.getHost() != null,
          "steering-urls",
          url,
          "http(s)://host:port");
    }
    check(
        steeringResolveInterval.compareTo(Duration.ofSeconds(1)) >= 0
            && steeringResolveInterval.compareTo(Duration.ofMinutes(1)) <= 0,
        "steering-resolve-interval",
        steeringResolveInterval,
        // The JVM itself remembers an answer for a second; one that left is asked for so long.
        "1s to 1m");
  }

  private static URI withoutSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "playback." + name + " is " + value + " (expected: " + expected + ")");
    }
  }

  /** Where {@code /admin/v1/**} is, and only it. */
  record AdminListener(String address, int port) {}
}
