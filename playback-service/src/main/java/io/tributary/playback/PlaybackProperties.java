package io.tributary.playback;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import io.tributary.playback.lastknown.LastKnownConfig;
import io.tributary.playback.plays.PlayRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code playback.*}: what only this service has.
 *
 * @param admin the operators' listener
 * @param steeringUrls base URLs of steering-service; each address of their hosts is a replica,
 *     taken in turn, the next on failure
 * @param steeringResolveInterval how often these hosts' addresses are asked for anew
 * @param steeringFaceUrl where viewers reach the players' listener of steering-service; manifests
 *     name it. Empty: manifests without content steering
 * @param signingKeysFile the file of the private JWK set that signs media tokens and plays' passes,
 *     EC P-256; its first private key signs
 * @param publicBaseUrl where viewers reach the gateway; manifests' URLs begin so
 * @param stateDirectory where this replica alone keeps what it remembers
 * @param plays how plays are granted
 * @param lastKnown how much is remembered
 */
@ConfigurationProperties(prefix = "playback", ignoreUnknownFields = false)
record PlaybackProperties(
    AdminListener admin,
    List<URI> steeringUrls,
    Duration steeringResolveInterval,
    String steeringFaceUrl,
    Path signingKeysFile,
    URI publicBaseUrl,
    Path stateDirectory,
    PlayRules plays,
    LastKnownConfig lastKnown) {
  PlaybackProperties {
    steeringUrls = steeringUrls.stream().map(PlaybackProperties::withoutSlash).toList();
    check(
        !steeringUrls.isEmpty() && steeringUrls.stream().allMatch(PlaybackProperties::isBaseUrl),
        "steering-urls",
        steeringUrls,
        "http(s)://host:port");
    check(
        steeringResolveInterval.compareTo(Duration.ofSeconds(1)) >= 0
            && steeringResolveInterval.compareTo(Duration.ofMinutes(1)) <= 0,
        "steering-resolve-interval",
        steeringResolveInterval,
        // The JVM itself remembers an answer for a second; one that left is asked for so long.
        "1s to 1m");
    steeringFaceUrl = steeringFaceUrl.replaceFirst("/$", "");
    check(
        steeringFaceUrl.isEmpty() || isBaseUrl(steeringFaceUrl),
        "steering-face-url",
        steeringFaceUrl,
        "http(s)://host:port, or nothing");
    check(signingKeysFile != null, "signing-keys-file", "missing", "a file");
    check(
        publicBaseUrl != null && isBaseUrl(publicBaseUrl),
        "public-base-url",
        publicBaseUrl,
        "http(s)://host:port");
    check(stateDirectory != null, "state-directory", "missing", "a folder");
  }

  private static URI withoutSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }

  private static boolean isBaseUrl(URI url) {
    return url.toString().matches("https?://[^/?#@]+") && url.getHost() != null;
  }

  private static boolean isBaseUrl(String url) {
    try {
      return isBaseUrl(new URI(url));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Where {@code /admin/v1/**} is, and only it.
   *
   * @param address where the operators' listener is: a name or IP address of this machine
   * @param port where the operators' listener is; 0 for any free one
   */
  record AdminListener(String address, int port) {
    AdminListener {
      check(!address.isBlank(), "address", address, "a name or IP address");
      checkRange("port", port, 0, 65_535);
    }
  }
}
