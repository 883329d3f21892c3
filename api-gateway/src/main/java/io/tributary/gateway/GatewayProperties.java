package io.tributary.gateway;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.gateway.doors.AdminDoorConfig;
import io.tributary.gateway.doors.BodyConfig;
import io.tributary.gateway.doors.ConnectionConfig;
import io.tributary.gateway.identity.TrustedProxies;
import io.tributary.gateway.routes.RoutingConfig;
import io.tributary.gateway.routes.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code gateway}.
 *
 * @param admin the operators' listener
 * @param upstreams the services behind the gateway
 * @param localIssuerKeyFile the file of the local issuer's private EC P-256 JWK, which signs as
 *     {@code tributary.identity.issuers[0]}; empty: no local issuer. Only in profile {@code local}
 * @param trustedProxies the proxies before the gateway, whose {@code X-Forwarded-For} is believed:
 *     IP addresses or CIDR blocks
 * @param connections what each door takes
 * @param routing timeouts and repeats
 * @param bodies what clients may send
 * @param stopAnnouncement for which the doors stay open after the readiness has said that the
 *     gateway stops; 0s to 15s
 */
@ConfigurationProperties(prefix = "gateway", ignoreUnknownFields = false)
record GatewayProperties(
    AdminDoorConfig admin,
    Upstreams upstreams,
    String localIssuerKeyFile,
    List<String> trustedProxies,
    ConnectionConfig connections,
    RoutingConfig routing,
    BodyConfig bodies,
    Duration stopAnnouncement) {
  /** With the last requests after it a stop is to take less than 20 s. */
  private static final Duration MAX_ANNOUNCEMENT = Duration.ofSeconds(15);

  GatewayProperties {
    // Only to refuse what is no address.
    new TrustedProxies(trustedProxies);
    check(
        !stopAnnouncement.isNegative() && stopAnnouncement.compareTo(MAX_ANNOUNCEMENT) <= 0,
        "stop-announcement",
        stopAnnouncement,
        "0s to 15s");
  }

  /**
   * The services behind the gateway, by URLs all of whose host's addresses are replicas.
   *
   * @param playback base URLs of playback-service's replicas
   * @param playbackAdmin base URLs of their operators' listeners; none: their paths answer 503
   * @param controlPlane base URLs of oca-control-plane's replicas; none: their paths answer 503
   * @param mediaPipeline base URLs of media-pipeline's replicas; none: their paths answer 503
   * @param steering base URLs of steering-service's replicas; none: their paths answer 503
   */
  record Upstreams(
      List<URI> playback,
      List<URI> playbackAdmin,
      List<URI> controlPlane,
      List<URI> mediaPipeline,
      List<URI> steering) {
    Upstreams {
      playback = checked(playback, "playback");
      check(!playback.isEmpty(), "playback", "empty", "http(s)://host:port");
      playbackAdmin = checked(playbackAdmin, "playback-admin");
      controlPlane = checked(controlPlane, "control-plane");
      mediaPipeline = checked(mediaPipeline, "media-pipeline");
      steering = checked(steering, "steering");
    }

    Map<Upstream, List<URI>> byService() {
      return Map.of(
          Upstream.PLAYBACK, playback,
          Upstream.PLAYBACK_ADMIN, playbackAdmin,
          Upstream.CONTROL_PLANE, controlPlane,
          Upstream.MEDIA_PIPELINE, mediaPipeline,
          Upstream.STEERING, steering);
    }

    private static List<URI> checked(List<URI> replicas, String name) {
      return replicas.stream()
          .map(replica -> {
            String text = replica.toString();
            String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            if (!base.matches("https?://[^/?#@]+")) {
              throw new IllegalArgumentException(
                  name + " holds " + replica + " (expected: http(s)://host:port)");
            }
            return URI.create(base);
          })
          .toList();
    }
  }
}
