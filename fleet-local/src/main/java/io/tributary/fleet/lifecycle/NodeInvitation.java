package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives nodes the right to join: those without a certificate, and those whose certificate ended
 * while the fleet was down, as it can no longer be renewed then. For use by one thread.
 */
public final class NodeInvitation {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NETWORK = "local";
  private static final int CONFLICT = 409;

  private final FleetContext fleet;
  private final AdminClient admin;
  private final Patience patience;

  /**
   * Invites into this fleet.
   *
   * @param patience with a control plane that is still starting
   */
  public NodeInvitation(FleetContext fleet, Patience patience) throws IOException {
    this.fleet = fleet;
    this.admin = fleet.admin();
    this.patience = patience;
  }

  /** Whether a node cannot speak to the control plane for so long without being invited. */
  public boolean needs(Member node, Duration soLong) {
    Path identity = fleet.folder().data(node.name()).resolve("state").resolve("identity.json");
    return !isInForce(identity, Instant.now().plus(soLong));
  }

  /** Keeps a token for a node, which it uses when it is started. */
  public void invite(Member node) throws IOException, InterruptedException {
    patience.await(
        "the control plane",
        () -> {
          // No grants: viewers on this machine are at its own addresses, which need none. The sites
          // are as far apart as Berlin and Munich, so that one is nearer than the other.
          admin.putNetwork(NETWORK, new PutNetwork("This machine", 0, null, null));
          admin.putSite("site-a", new PutSite(NETWORK, "Site A", 52.52, 13.405));
          admin.putSite("site-b", new PutSite(NETWORK, "Site B", 48.137, 11.575));
          return Optional.of(true);
        });
    Optional<String> token =
        patience.await("an enrolment token for " + node.name(), () -> Optional.of(token(node)));
    if (token.isPresent()) {
      fleet.keys().keepEnrolmentToken(node.name(), token.get());
    }
  }

  /** Empty for a node that was revoked: it starts, and is let in no more. */
  private Optional<String> token(Member node) {
    String site = FleetPlan.site(node.instance());
    try {
      return Optional.of(
          admin.createEnrolmentToken(new CreateEnrolmentToken(node.name(), site)).token());
    } catch (AdminException e) {
      if (e.status() == CONFLICT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a node's identity, as it keeps it, is there and good at this time. */
  static boolean isInForce(Path identity, Instant at) {
    try {
      String notAfter = JSON.readTree(Files.readAllBytes(identity)).path("notAfter").asString("");
      return at.isBefore(Instant.parse(notAfter));
    } catch (IOException | JacksonException | DateTimeException e) {
      return false; // There is none, or none that the node could read.
    }
  }
}
