package io.tributary.oca;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.contracts.media.PackageRef;
import io.tributary.oca.fill.FillConfig;
import io.tributary.oca.heartbeat.ControlPlaneConfig;
import io.tributary.oca.routes.RouteFeedConfig;
import io.tributary.oca.serve.ServeConfig;
import io.tributary.oca.store.StoreConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything under {@code oca}.
 *
 * @param nodeId the node's id, as its enrolment token says; told to clients in {@code
 *     Cache-Status}, and to the control plane's probe, which believes no address that names another
 *     node
 * @param softwareVersion the version that the node tells in heartbeats
 * @param stateDirectory where the node's identity is, and what it was told
 * @param endpoint where clients reach the media door
 * @param enrolmentTokenFile the file of the one-time token with which the node joins; not needed
 *     once it has
 * @param egressBitsPerSecond what the node may send at most, in bits per second
 * @param scrubPass the time in which every held byte is read, until the control plane says
 *     otherwise
 * @param store see there
 * @param serve see there
 * @param fill see there
 * @param controlPlane see there
 * @param routes see there
 */
@ConfigurationProperties(prefix = "oca", ignoreUnknownFields = false)
record OcaNodeProperties(
    String nodeId,
    String softwareVersion,
    Path stateDirectory,
    URI endpoint,
    String enrolmentTokenFile,
    long egressBitsPerSecond,
    Duration scrubPass,
    StoreConfig store,
    ServeConfig serve,
    FillConfig fill,
    ControlPlaneConfig controlPlane,
    RouteFeedConfig routes) {
  OcaNodeProperties {
    check(!softwareVersion.isBlank(), "software-version", softwareVersion, "a version");
    check(stateDirectory != null, "state-directory", "missing", "a folder");
    check(nodeId.matches(PackageRef.ID_PATTERN), "node-id", nodeId, PackageRef.ID_PATTERN);
    boolean isBase =
        endpoint != null
            && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
            && endpoint.getHost() != null;
    check(isBase, "endpoint", endpoint, "http(s)://host:port");
    check(egressBitsPerSecond > 0, "egress-bits-per-second", egressBitsPerSecond, "above 0");
    check(scrubPass.compareTo(Duration.ofSeconds(1)) >= 0, "scrub-pass", scrubPass, "1s or more");
  }

  /** Null where none is set. */
  @Nullable Path enrolmentToken() {
    return enrolmentTokenFile.isEmpty() ? null : Path.of(enrolmentTokenFile);
  }
}
