package io.tributary.controlplane;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

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
 * @param mediaTokenKeysFile the file of the public JWK set that nodes check media tokens with; read
 *     again each second
 * @param heartbeatInterval how often nodes are told to report
 * @param scrubPass the time in which a node reads and checks each held byte once
 * @param fillBitsPerSecond how fast a node may fetch packages, in bits per second
 * @param topicReplicationFactor how many brokers keep each Kafka topic that is created; one is for
 *     trials
 * @param detector when a silent node is given up
 * @param placement how packages are spread
 */
@ConfigurationProperties(prefix = "control-plane", ignoreUnknownFields = false)
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
    check(mediaTokenKeysFile != null, "media-token-keys-file", "missing", "a file");
    checkRange("topic-replication-factor", topicReplicationFactor, 1, 5);
    check(
        heartbeatInterval.toMillis() >= 100
            && heartbeatInterval.compareTo(Duration.ofMinutes(10)) <= 0,
        "heartbeat-interval",
        heartbeatInterval,
        "100ms to 10m");
    check(scrubPass.toSeconds() >= 1, "scrub-pass", scrubPass, "1s or more");
    check(
        fillBitsPerSecond >= 1_000_000,
        "fill-bits-per-second",
        fillBitsPerSecond,
        "1000000 or more");
    check(
        enrolmentTokenLifetime.toSeconds() >= 1
            && enrolmentTokenLifetime.compareTo(Duration.ofDays(7)) <= 0,
        "enrolment-token-lifetime",
        enrolmentTokenLifetime,
        "1s to 7d");
  }
}
