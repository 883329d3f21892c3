package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.Revocations;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.identity.NodeIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The node door's paths for heartbeats and what they tell a node to read. */
@RestController
public final class HeartbeatDoor {
  /** A node has few addresses; each is probed. */
  private static final int MAX_ENDPOINTS = 8;

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

  private final HeartbeatDesk desk;
  private final NodeSettings settings;
  private final InstantSource clock;

  public HeartbeatDoor(HeartbeatDesk desk, NodeSettings settings, InstantSource clock) {
    this.desk = desk;
    this.settings = settings;
    this.clock = clock;
  }

  @PostMapping("/oca/v1/heartbeats")
  HeartbeatAnswer heartbeat(@RequestBody Heartbeat heartbeat, HttpServletRequest http) {
    NodeIdentity node = NodeDoor.node(http);
    if (!node.nodeId().equals(heartbeat.nodeId())) {
      throw new RefusedException(
          ProblemType.FORBIDDEN,
          "nodeId is "
              + heartbeat.nodeId()
              + " (expected: "
              + node.nodeId()
              + ", the certificate's)");
    }
    check(heartbeat);
    return desk.hear(node, heartbeat, clock.instant());
  }

  @GetMapping("/oca/v1/config")
  NodeConfig config() {
    return settings
        .current()
        .orElseThrow(() ->
            new RefusedException(
                ProblemType.UNAVAILABLE, "media token keys were not read yet; try again"));
  }

  @GetMapping("/oca/v1/revocations")
  Revocations revocations() {
    return settings.revocations();
  }

  private static void check(Heartbeat heartbeat) {
    present(heartbeat.sentAt(), "sentAt");
    present(heartbeat.condition(), "condition");
    present(heartbeat.capacity(), "capacity");
    present(heartbeat.load(), "load");
    present(heartbeat.inventoryDigest(), "inventoryDigest");
    int count = heartbeat.endpoints().size();
    if (count < 1 || count > MAX_ENDPOINTS) {
      throw invalid("endpoints has " + count + " entries (expected: 1 to " + MAX_ENDPOINTS + ")");
    }
    for (NodeEndpoint each : heartbeat.endpoints()) {
      boolean isGood =
          ("http".equals(each.scheme()) || "https".equals(each.scheme()))
              && each.host() != null
              && HOST.matcher(each.host()).matches()
              && each.port() >= 1
              && each.port() <= 65_535;
      if (!isGood) {
        throw invalid(
            "endpoints has " + each + " (expected: http or https, a host, and a port 1 to 65535)");
      }
    }
  }

  private static void present(@Nullable Object value, String field) {
    if (value == null) {
      throw invalid(field + " is missing");
    }
  }

  private static RefusedException invalid(String detail) {
    return new RefusedException(ProblemType.INVALID, detail);
  }
}
