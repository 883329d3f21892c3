package io.tributary.controlplane.operations;

import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.Registry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin face of nodes and packages. */
@RestController
public final class AdminDoor {
  private final Registry registry;
  private final Enrolments enrolments;
  private final FleetViews views;
  private final AuditTrail audit;
  private final InstantSource clock;

  public AdminDoor(
      Registry registry,
      Enrolments enrolments,
      FleetViews views,
      AuditTrail audit,
      InstantSource clock) {
    this.registry = registry;
    this.enrolments = enrolments;
    this.views = views;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * All nodes.
   *
   * @param nodes by id
   */
  record Nodes(List<NodeView> nodes) {}

  /**
   * All packages.
   *
   * @param packages by title and version
   */
  record Packages(List<PackageView> packages) {}

  /**
   * Lets one node join once. Each call makes another token.
   *
   * @return The token, shown this once.
   */
  @PostMapping("/admin/v1/enrolment-tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Refuses({ProblemType.INVALID, ProblemType.CONFLICT})
  EnrolmentToken createEnrolmentToken(
      @RequestBody CreateEnrolmentToken body, HttpServletRequest http) {
    String nodeId = Refusals.id(body.nodeId(), "nodeId");
    String siteId = Refusals.id(body.siteId(), "siteId");
    if (registry.site(siteId).isEmpty()) {
      throw Refusals.invalid("siteId is " + siteId + " (expected: a site that exists)");
    }
    if (registry.node(nodeId).filter(RegisteredNode::revoked).isPresent()) {
      throw new RefusedException(
          ProblemType.CONFLICT, "nodeId is " + nodeId + ", which was revoked (expected: another)");
    }
    EnrolmentToken token = enrolments.invite(nodeId, siteId, clock.instant());
    audit.acted(http, "create-enrolment-token", "node/" + nodeId);
    return token;
  }

  /**
   * Lists all nodes by id, with their state.
   *
   * @return The nodes.
   */
  @GetMapping("/admin/v1/nodes")
  Nodes listNodes() {
    return new Nodes(views.nodes());
  }

  /**
   * Shows a node and its state.
   *
   * @param id of the node
   * @return The node.
   */
  @GetMapping("/admin/v1/nodes/{id}")
  @Refuses(ProblemType.NOT_FOUND)
  NodeView getNode(@PathVariable String id) {
    return views.node(id).orElseThrow(Refusals.missing("node", id));
  }

  /**
   * Drains a node: it finishes what runs and is named for no new play.
   *
   * @param id of the node
   */
  @PutMapping("/admin/v1/nodes/{id}/drain")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses(ProblemType.NOT_FOUND)
  void drainNode(@PathVariable String id, HttpServletRequest http) {
    setDrain(id, true, http);
  }

  /**
   * Takes a node back from its drain.
   *
   * @param id of the node
   */
  @DeleteMapping("/admin/v1/nodes/{id}/drain")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses(ProblemType.NOT_FOUND)
  void undrainNode(@PathVariable String id, HttpServletRequest http) {
    setDrain(id, false, http);
  }

  /**
   * Withdraws a node's identity, for ever: it is named nowhere and let in nowhere. The same machine
   * may join again as another node.
   *
   * @param id of the node
   */
  @PutMapping("/admin/v1/nodes/{id}/revocation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses(ProblemType.NOT_FOUND)
  void revokeNode(@PathVariable String id, HttpServletRequest http) {
    RegisteredNode node = registry.node(id).orElseThrow(Refusals.missing("node", id));
    registry.revoke(node.id());
    audit.acted(http, "revoke-node", "node/" + id);
  }

  /**
   * Lists all packages by title and version, and which nodes hold them.
   *
   * @return The packages.
   */
  @GetMapping("/admin/v1/packages")
  Packages listPackages() {
    return new Packages(views.packages());
  }

  /**
   * Shows where a package is.
   *
   * @param titleId of the package
   * @param packageVersion of the package
   * @return The package.
   */
  @GetMapping("/admin/v1/packages/{titleId}/{packageVersion}")
  @Refuses(ProblemType.NOT_FOUND)
  PackageView getPackage(@PathVariable String titleId, @PathVariable String packageVersion) {
    return views
        .onePackage(titleId, packageVersion)
        .orElseThrow(Refusals.missing("package", titleId + "/" + packageVersion));
  }

  private void setDrain(String id, boolean drain, HttpServletRequest http) {
    RegisteredNode node = registry.node(id).orElseThrow(Refusals.missing("node", id));
    registry.drain(node.id(), drain);
    audit.acted(http, drain ? "drain-node" : "undrain-node", "node/" + id);
  }
}
