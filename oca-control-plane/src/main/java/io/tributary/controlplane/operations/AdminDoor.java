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
import io.tributary.contracts.api.Refuses;
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

  /**
   * All networks.
   *
   * @param networks by id
   */
  record Networks(List<Network> networks) {}

  /**
   * All sites.
   *
   * @param sites by id
   */
  record Sites(List<Site> sites) {}

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
   * Makes a network, or changes it.
   *
   * @param id of the network: 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or
   *     digit
   * @return The network as it is now.
   */
  @PutMapping("/admin/v1/networks/{id}")
  @Refuses(ProblemType.INVALID)
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

  /**
   * Shows a network.
   *
   * @param id of the network
   * @return The network.
   */
  @GetMapping("/admin/v1/networks/{id}")
  @Refuses(ProblemType.NOT_FOUND)
  Network getNetwork(@PathVariable String id) {
    return registry.network(id).orElseThrow(missing("network", id));
  }

  /**
   * Lists all networks by id.
   *
   * @return The networks.
   */
  @GetMapping("/admin/v1/networks")
  Networks listNetworks() {
    return new Networks(registry.networks());
  }

  /**
   * Makes a site, or changes it.
   *
   * @param id of the site: 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
   * @return The site as it is now.
   */
  @PutMapping("/admin/v1/sites/{id}")
  @Refuses(ProblemType.INVALID)
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

  /**
   * Shows a site.
   *
   * @param id of the site
   * @return The site.
   */
  @GetMapping("/admin/v1/sites/{id}")
  @Refuses(ProblemType.NOT_FOUND)
  Site getSite(@PathVariable String id) {
    return registry.site(id).orElseThrow(missing("site", id));
  }

  /**
   * Lists all sites by id.
   *
   * @return The sites.
   */
  @GetMapping("/admin/v1/sites")
  Sites listSites() {
    return new Sites(registry.sites());
  }

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
    return views.node(id).orElseThrow(missing("node", id));
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
    RegisteredNode node = registry.node(id).orElseThrow(missing("node", id));
    registry.revoke(node.id());
    acted(http, "revoke-node", "node/" + id);
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
