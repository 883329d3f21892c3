package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Revocations;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.purges.PurgeBoard;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The node door's paths for heartbeats and what they tell a node to read. */
@RestController
public final class HeartbeatDoor {
  private final HeartbeatDesk desk;
  private final NodeSettings settings;
  private final PurgeBoard purges;
  private final InstantSource clock;

  public HeartbeatDoor(
      HeartbeatDesk desk, NodeSettings settings, PurgeBoard purges, InstantSource clock) {
    this.desk = desk;
    this.settings = settings;
    this.purges = purges;
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
    HeartbeatCheck.wrong(heartbeat)
        .ifPresent(wrong -> {
          throw new RefusedException(ProblemType.INVALID, wrong);
        });
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
    return purges
        .revocations()
        .orElseThrow(() ->
            new RefusedException(ProblemType.UNAVAILABLE, "purges were not read yet; try again"));
  }
}
