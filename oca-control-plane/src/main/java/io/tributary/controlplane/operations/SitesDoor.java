package io.tributary.controlplane.operations;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.admin.SiteRoutes;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.SiteAnnouncements;
import io.tributary.controlplane.routes.RouteDesk;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The admin face of networks and sites. What is written here is announced to steering. */
@RestController
public final class SitesDoor {
  private final Registry registry;
  private final SiteAnnouncements announcements;
  private final RouteDesk routes;
  private final AuditTrail audit;

  public SitesDoor(
      Registry registry, SiteAnnouncements announcements, RouteDesk routes, AuditTrail audit) {
    this.registry = registry;
    this.announcements = announcements;
    this.routes = routes;
    this.audit = audit;
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
   * Makes a network, or replaces all of it. What its sites may announce is told to steering at
   * once.
   *
   * @param id of the network: 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or
   *     digit
   * @return The network as it is now.
   */
  @PutMapping("/admin/v1/networks/{id}")
  @Refuses(ProblemType.INVALID)
  Network putNetwork(
      @PathVariable String id, @RequestBody PutNetwork body, HttpServletRequest http) {
    Network network =
        new Network(
            Refusals.id(id, "id"),
            body.name(),
            body.asn(),
            Objects.requireNonNullElse(body.prefixes(), List.of()),
            Objects.requireNonNullElse(body.originAsns(), List.of()));
    refuseIf(RegistryCheck.wrong(body));
    registry.putNetwork(network);
    audit.acted(http, "put-network", "network/" + id);
    announcements.changed(network);
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
    return registry.network(id).orElseThrow(Refusals.missing("network", id));
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
   * Makes a site, or replaces all of it.
   *
   * @param id of the site: 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
   * @return The site as it is now.
   */
  @PutMapping("/admin/v1/sites/{id}")
  @Refuses(ProblemType.INVALID)
  Site putSite(@PathVariable String id, @RequestBody PutSite body, HttpServletRequest http) {
    String networkId = Refusals.id(body.networkId(), "networkId");
    Site site =
        new Site(Refusals.id(id, "id"), networkId, body.name(), body.latitude(), body.longitude());
    refuseIf(RegistryCheck.wrong(body));
    Network network =
        registry
            .network(networkId)
            .orElseThrow(() ->
                Refusals.invalid(
                    "networkId is " + networkId + " (expected: a network that exists)"));
    registry.putSite(site);
    audit.acted(http, "put-site", "site/" + id);
    announcements.changed(site, network);
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
    return registry.site(id).orElseThrow(Refusals.missing("site", id));
  }

  /**
   * Shows what a site's nodes heard from its router: the routes that count, and why others do not.
   *
   * @param id of the site
   * @return The routes by node; none where no node told any.
   */
  @GetMapping("/admin/v1/sites/{id}/routes")
  @Refuses(ProblemType.NOT_FOUND)
  SiteRoutes getSiteRoutes(@PathVariable String id) {
    Site site = registry.site(id).orElseThrow(Refusals.missing("site", id));
    return routes.of(site.id());
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

  private static void refuseIf(Optional<String> wrong) {
    wrong.ifPresent(detail -> {
      throw Refusals.invalid(detail);
    });
  }
}
