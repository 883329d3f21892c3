package io.tributary.controlplane.operations;

import io.tributary.bearer.Caller;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.Registry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin face. Every change is said on the audit topic, with who made it. */
@RestController
public final class AdminDoor {
  private static final int MAX_NAME = 200;

  private final Registry registry;
  private final Enrolments enrolments;
  private final FleetViews views;
  private final EventLog log;
  private final InstantSource clock;

  public AdminDoor(
      Registry registry,
      Enrolments enrolments,
      FleetViews views,
      EventLog log,
      InstantSource clock) {
    this.registry = registry;
    this.enrolments = enrolments;
    this.views = views;
    this.log = log;
    this.clock = clock;
  }

  /** All networks by id. */
  record Networks(List<Network> networks) {}

  /** All sites by id. */
  record Sites(List<Site> sites) {}

  /** All nodes by id. */
  record Nodes(List<NodeView> nodes) {}

  /** All packages by title and version. */
  record Packages(List<PackageView> packages) {}

  @PutMapping("/admin/v1/networks/{id}")
  Network putNetwork(
      @PathVariable String id, @RequestBody PutNetwork body, HttpServletRequest http) {
    if (body.asn() < 0 || body.asn() > 0xffff_ffffL) {
      throw invalid("asn is " + body.asn() + " (expected: 0 to 4294967295)");
    }
    Network network = new Network(id(id, "id"), name(body.name()), body.asn());
    registry.putNetwork(network);
    acted(http, "put-network", "network/" + id);
    return network;
  }

  @GetMapping("/admin/v1/networks/{id}")
  Network network(@PathVariable String id) {
    return registry.network(id).orElseThrow(missing("network", id));
  }

  @GetMapping("/admin/v1/networks")
  Networks networks() {
    return new Networks(registry.networks());
  }

  @PutMapping("/admin/v1/sites/{id}")
  Site putSite(@PathVariable String id, @RequestBody PutSite body, HttpServletRequest http) {
    String networkId = id(body.networkId(), "networkId");
    if (registry.network(networkId).isEmpty()) {
      throw invalid("networkId is " + networkId + " (expected: a network that exists)");
    }
    Site site = new Site(id(id, "id"), networkId, name(body.name()));
    registry.putSite(site);
    acted(http, "put-site", "site/" + id);
    return site;
  }

  @GetMapping("/admin/v1/sites/{id}")
  Site site(@PathVariable String id) {
    return registry.site(id).orElseThrow(missing("site", id));
  }

  @GetMapping("/admin/v1/sites")
  Sites sites() {
    return new Sites(registry.sites());
  }

  @PostMapping("/admin/v1/enrolment-tokens")
  @ResponseStatus(HttpStatus.CREATED)
  EnrolmentToken invite(@RequestBody CreateEnrolmentToken body, HttpServletRequest http) {
    String nodeId = id(body.nodeId(), "nodeId");
    String siteId = id(body.siteId(), "siteId");
    if (registry.site(siteId).isEmpty()) {
      throw invalid("siteId is " + siteId + " (expected: a site that exists)");
    }
    if (registry.node(nodeId).filter(RegisteredNode::revoked).isPresent()) {
      throw new RefusedException(
          ProblemType.CONFLICT, "nodeId is " + nodeId + ", which was revoked (expected: another)");
    }
    EnrolmentToken token = enrolments.invite(nodeId, siteId, clock.instant());
    acted(http, "create-enrolment-token", "node/" + nodeId);
    return token;
  }

  @GetMapping("/admin/v1/nodes")
  Nodes nodes() {
    return new Nodes(views.nodes());
  }

  @GetMapping("/admin/v1/nodes/{id}")
  NodeView node(@PathVariable String id) {
    return views.node(id).orElseThrow(missing("node", id));
  }

  @PutMapping("/admin/v1/nodes/{id}/drain")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void drain(@PathVariable String id, HttpServletRequest http) {
    setDrain(id, true, http);
  }

  @DeleteMapping("/admin/v1/nodes/{id}/drain")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void undrain(@PathVariable String id, HttpServletRequest http) {
    setDrain(id, false, http);
  }

  @PutMapping("/admin/v1/nodes/{id}/revocation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, HttpServletRequest http) {
    RegisteredNode node = registry.node(id).orElseThrow(missing("node", id));
    registry.revoke(node.id());
    acted(http, "revoke-node", "node/" + id);
  }

  @GetMapping("/admin/v1/packages")
  Packages packages() {
    return new Packages(views.packages());
  }

  @GetMapping("/admin/v1/packages/{titleId}/{packageVersion}")
  PackageView onePackage(@PathVariable String titleId, @PathVariable String packageVersion) {
    return views
        .onePackage(titleId, packageVersion)
        .orElseThrow(missing("package", titleId + "/" + packageVersion));
  }

  private void setDrain(String id, boolean drain, HttpServletRequest http) {
    RegisteredNode node = registry.node(id).orElseThrow(missing("node", id));
    registry.drain(node.id(), drain);
    acted(http, drain ? "drain-node" : "undrain-node", "node/" + id);
  }

  private void acted(HttpServletRequest http, String action, String subject) {
    String actor = BearerFilter.caller(http).map(Caller::subject).orElse("nobody");
    log.publish(Topics.AUDIT, actor, AdminActed.TYPE, new AdminActed(actor, action, subject));
  }

  private static String id(@Nullable String value, String field) {
    if (value == null || !value.matches(PackageRef.ID_PATTERN)) {
      throw invalid(field + " is " + value + " (expected: " + PackageRef.ID_PATTERN + ")");
    }
    return value;
  }

  private static String name(@Nullable String value) {
    if (value == null || value.isBlank() || value.length() > MAX_NAME) {
      throw invalid("name is " + value + " (expected: 1 to " + MAX_NAME + " characters)");
    }
    return value;
  }

  private static Supplier<RefusedException> missing(String kind, String id) {
    return () -> new RefusedException(ProblemType.NOT_FOUND, "there is no " + kind + " " + id);
  }

  private static RefusedException invalid(String detail) {
    return new RefusedException(ProblemType.INVALID, detail);
  }
}
