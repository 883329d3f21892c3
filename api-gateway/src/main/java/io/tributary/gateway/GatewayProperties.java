package io.tributary.gateway;

import io.tributary.gateway.doors.AdminDoorConfig;
import io.tributary.gateway.doors.BodyConfig;
import io.tributary.gateway.doors.ConnectionConfig;
import io.tributary.gateway.routes.RoutingConfig;
import io.tributary.gateway.routes.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code gateway}.
 *
 * @param publicBaseUrl under which clients reach the public door
 * @param admin the operators' listener
 * @param upstreams the services behind the gateway
 * @param localIssuer of bearer tokens, for a fleet on one machine
 * @param trustedProxies whose {@code X-Forwarded-For} is believed: addresses or CIDR blocks
 * @param connections what each door takes
 * @param routing timeouts and repeats
 * @param bodies what clients may send
 * @param stopAnnouncement for which the doors stay open after the readiness has said that the
 *     gateway stops; 0s to 15s
 */
@ConfigurationProperties("gateway")
record GatewayProperties(
    URI publicBaseUrl,
    AdminDoorConfig admin,
    @DefaultValue Upstreams upstreams,
    @DefaultValue LocalIssuerKey localIssuer,
    List<String> trustedProxies,
    ConnectionConfig connections,
    RoutingConfig routing,
    BodyConfig bodies,
    Duration stopAnnouncement) {
  /** With the last requests after it a stop is to take less than 20 s. */
  private static final Duration MAX_ANNOUNCEMENT = Duration.ofSeconds(15);

  GatewayProperties {
    if (stopAnnouncement.isNegative() || stopAnnouncement.compareTo(MAX_ANNOUNCEMENT) > 0) {
      throw new IllegalArgumentException(
          "stop-announcement is " + stopAnnouncement + " (expected: 0s to 15s)");
    }
  }

  /**
   * Base URLs of each service's replicas, which are all addresses of each URL's host; a service
   * without one answers 503.
   */
  record Upstreams(
      List<URI> playback,
      List<URI> playbackAdmin,
      List<URI> controlPlane,
      List<URI> mediaPipeline) {
    Upstreams {
      playback = checked(playback, "playback");
      playbackAdmin = checked(playbackAdmin, "playback-admin");
      controlPlane = checked(controlPlane, "control-plane");
      mediaPipeline = checked(mediaPipeline, "media-pipeline");
    }

    Map<Upstream, List<URI>> byService() {
      return Map.of(
          Upstream.PLAYBACK, playback,
          Upstream.PLAYBACK_ADMIN, playbackAdmin,
          Upstream.CONTROL_PLANE, controlPlane,
          Upstream.MEDIA_PIPELINE, mediaPipeline);
    }

    private static List<URI> checked(@Nullable List<URI> replicas, String name) {
      if (replicas == null) {
        return List.of();
      }
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

  /**
   * The local issuer.
   *
   * @param keyFile its private key; null to have no local issuer
   */
  record LocalIssuerKey(@Nullable Path keyFile) {}
}
