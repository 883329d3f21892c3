package io.tributary.playback;

import io.tributary.playback.lastknown.LastKnownConfig;
import io.tributary.playback.plays.PlayRules;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code playback.*}: what only this service has.
 *
 * @param admin the operators' listener
 * @param steeringUrls base URLs of steering's replicas
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
    String signingKeysFile,
    URI publicBaseUrl,
    String stateDirectory,
    PlayRules plays,
    LastKnownConfig lastKnown) {
  PlaybackProperties {
    steeringUrls = List.copyOf(steeringUrls);
  }

  /** Where {@code /admin/v1/**} is, and only it. */
  record AdminListener(String address, int port) {}
}
