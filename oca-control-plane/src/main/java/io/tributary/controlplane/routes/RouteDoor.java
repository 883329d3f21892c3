package io.tributary.controlplane.routes;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.node.Routes;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.identity.NodeIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The node door's path for routes. */
@RestController
public final class RouteDoor {
  private final RouteDesk desk;
  private final InstantSource clock;

  public RouteDoor(RouteDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @PutMapping("/oca/v1/routes")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void routes(@RequestBody Routes page, HttpServletRequest http) {
    NodeIdentity node = NodeDoor.node(http);
    if (!node.nodeId().equals(page.nodeId())) {
      throw new RefusedException(
          ProblemType.FORBIDDEN,
          "nodeId is " + page.nodeId() + " (expected: " + node.nodeId() + ", the certificate's)");
    }
    desk.take(node, page, clock.instant())
        .ifPresent(wrong -> {
          throw new RefusedException(ProblemType.INVALID, wrong);
        });
  }
}
