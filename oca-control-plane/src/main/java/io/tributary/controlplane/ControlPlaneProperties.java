package io.tributary.controlplane;

import io.tributary.controlplane.doors.NodeDoorConfig;
import io.tributary.controlplane.health.DetectorConfig;
import io.tributary.controlplane.identity.AuthorityConfig;
import io.tributary.controlplane.placement.PlacementConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code control-plane}.
 *
 * @param nodeDoor where nodes come in
 * @param authority who signs for nodes
 * @param enrolmentTokenLifetime how long a new node has to join
 * @param mediaTokenKeysFile public JWK set that nodes check media tokens with
 * @param heartbeatInterval that nodes are told, 100 ms to 10 minutes
 * @param scrubPass in which a node reads and checks each held byte once
 * @param fillBitsPerSecond that a node may fetch with at most
 * @param topicReplicationFactor of Kafka topics that are created
 * @param detector when a silent node is given up
 * @param placement how packages are spread
 */
@ConfigurationProperties("control-plane")
record ControlPlaneProperties(
    NodeDoorConfig nodeDoor,
    AuthorityConfig authority,
    Duration enrolmentTokenLifetime,
    Path mediaTokenKeysFile,
    Duration heartbeatInterval,
    Duration scrubPass,
    long fillBitsPerSecond,
    int topicReplicationFactor,
    DetectorConfig detector,
    PlacementConfig placement) {
  ControlPlaneProperties {
    check(
        heartbeatInterval.toMillis() >= 100 && heartbeatInterval.toMinutes() <= 10,
        "heartbeat-interval",
        heartbeatInterval,
        "100ms to 10m");
    check(scrubPass.toSeconds() >= 1, "scrub-pass", scrubPass, "at least 1s");
    check(
        fillBitsPerSecond >= 1_000_000,
        "fill-bits-per-second",
        fillBitsPerSecond,
        "at least 1000000");
    check(
        enrolmentTokenLifetime.toSeconds() >= 1 && enrolmentTokenLifetime.toDays() < 7,
        "enrolment-token-lifetime",
        enrolmentTokenLifetime,
        "1s to 7d");
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
