package io.tributary.controlplane.routes;

import io.tributary.contracts.admin.SiteRoutes;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.RoutesJudged.Refusal;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.node.Routes;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes nodes' routes, judges them and passes on what counts, a page at a time: pages stand for
 * themselves, so one that is lost is asked for again and takes nothing else with it. All that is
 * remembered is the state topic, which holds the refusals, too: a node is asked for its routes
 * whenever the topic has others than its heartbeat says, or judged them by other grants.
 *
 * <p>Safe for use by many threads; remembers nothing of its own.
 */
public final class RouteDesk {
  private static final int MAX_PROBLEM_LENGTH = 200;

  /** Longer than any prefix; the rest of what came in its place is of no use. */
  private static final int MAX_SHOWN_LENGTH = 50;

  private final EventLog log;
  private final StateTable<RoutesJudged> judged;
  private final StateTable<SiteDescribed> sites;
  private final RegistryBoard registry;

  public RouteDesk(
      EventLog log,
      StateTable<RoutesJudged> judged,
      StateTable<SiteDescribed> sites,
      RegistryBoard registry) {
    this.log = log;
    this.judged = judged;
    this.sites = sites;
    this.registry = registry;
  }

  /**
   * Hears which routes a node has, takes back those that it no longer has, and says whether it
   * should send others.
   *
   * @param routesVersion as its heartbeat says
   */
  public boolean isWanted(NodeIdentity node, long routesVersion) {
    if (!judged.isComplete() || !sites.isComplete() || routesVersion < 0) {
      return false;
    }
    if (routesVersion == 0) {
      endFrom(node.nodeId(), 0);
      return false;
    }
    long grantVersion = grantVersion(node.siteId());
    Optional<RoutesJudged> first = known(node.nodeId(), 0);
    int pages = first.map(RoutesJudged::pages).orElse(1);
    for (int page = 0; page < pages; page++) {
      boolean isCurrent =
          known(node.nodeId(), page)
              .filter(each -> each.routesVersion() == routesVersion)
              .filter(each -> each.grantVersion() == grantVersion)
              .filter(each -> each.siteId().equals(node.siteId()))
              .isPresent();
      if (!isCurrent) {
        return true;
      }
    }
    // Left over where the last page came to a replica that had yet to see those it ends.
    endFrom(node.nodeId(), pages);
    return false;
  }

  /**
   * Takes a page.
   *
   * @return what is wrong with it: field, value and what was expected; empty if it was taken
   */
  Optional<String> take(NodeIdentity node, Routes page, Instant now) {
    Optional<String> wrong = wrong(page);
    if (wrong.isPresent()) {
      return wrong;
    }
    Optional<SiteDescribed> site = sites.get(node.siteId()).map(Stated::data);
    RouteGrant grant = site.map(RouteGrant::of).orElse(RouteGrant.NOTHING);
    List<Routes.Route> accepted = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    int refused = 0;
    for (Routes.Route route : page.prefixes()) {
      Optional<String> reason = RouteJudge.refusal(route, grant);
      if (reason.isEmpty()) {
        accepted.add(route);
      } else if (++refused <= RoutesJudged.MAX_REFUSALS) {
        refusals.add(new Refusal(shown(route.prefix(), MAX_SHOWN_LENGTH), reason.get()));
      }
    }
    log.publish(
        Topics.ROUTES,
        RoutesJudged.key(node.nodeId(), page.page()),
        RoutesJudged.TYPE,
        new RoutesJudged(
            node.nodeId(),
            node.siteId(),
            page.routesVersion(),
            grantVersion(node.siteId()),
            page.page(),
            page.pages(),
            now,
            accepted,
            refused,
            refusals,
            page.problem() == null ? null : shown(page.problem(), MAX_PROBLEM_LENGTH)));
    if (page.page() == page.pages() - 1) {
      endFrom(node.nodeId(), page.pages());
    }
    return Optional.empty();
  }

  /** Takes back the routes of nodes that are no more, or no longer welcome; for one thread. */
  public void look() {
    if (!judged.isComplete()) {
      return;
    }
    Optional<Map<String, RegisteredNode>> nodes = registry.nodes();
    if (nodes.isEmpty()) {
      return;
    }
    for (String key : new TreeSet<>(judged.all().keySet())) {
      String nodeId = key.substring(0, Math.max(0, key.indexOf('/')));
      @Nullable RegisteredNode node = nodes.get().get(nodeId);
      if (node == null || node.revoked()) {
        log.end(Topics.ROUTES, key);
      }
    }
  }

  /** What became of the routes that a site's nodes told. */
  public SiteRoutes of(String siteId) {
    Map<String, SiteRoutes.NodeRoutes> byNode = new TreeMap<>();
    Map<String, Stated<RoutesJudged>> pages = new TreeMap<>(judged.all());
    pages.values().stream()
        .map(Stated::data)
        .filter(page -> page.siteId().equals(siteId))
        .forEach(page -> byNode.merge(page.nodeId(), shown(page), RouteDesk::together));
    return new SiteRoutes(siteId, List.copyOf(byNode.values()));
  }

  private static SiteRoutes.NodeRoutes shown(RoutesJudged page) {
    return new SiteRoutes.NodeRoutes(
        page.nodeId(),
        page.routesVersion(),
        page.receivedAt(),
        page.accepted(),
        page.refused(),
        page.refusals(),
        page.problem());
  }

  private static SiteRoutes.NodeRoutes together(
      SiteRoutes.NodeRoutes one, SiteRoutes.NodeRoutes next) {
    boolean isNewer = next.receivedAt().isAfter(one.receivedAt());
    SiteRoutes.NodeRoutes newest = isNewer ? next : one;
    return new SiteRoutes.NodeRoutes(
        one.nodeId(),
        newest.routesVersion(),
        newest.receivedAt(),
        joined(one.accepted(), next.accepted()),
        one.refused() + next.refused(),
        joined(one.refusals(), next.refusals()),
        newest.problem());
  }

  private static <T> List<T> joined(List<T> one, List<T> next) {
    List<T> all = new ArrayList<>(one);
    all.addAll(next);
    return all;
  }

  private static Optional<String> wrong(Routes page) {
    if (page.routesVersion() <= 0) {
      return Optional.of("routesVersion is " + page.routesVersion() + " (expected: above 0)");
    }
    if (page.pages() > Routes.MAX_PAGES || page.page() < 0 || page.page() >= page.pages()) {
      return Optional.of(
          "page is "
              + page.page()
              + " of "
              + page.pages()
              + " (expected: from 0, below pages, which are at most "
              + Routes.MAX_PAGES
              + ")");
    }
    return page.prefixes().size() > Routes.MAX_PREFIXES_A_PAGE
        ? Optional.of(
            "prefixes has "
                + page.prefixes().size()
                + " entries (expected: at most "
                + Routes.MAX_PREFIXES_A_PAGE
                + ")")
        : Optional.empty();
  }

  /** A stranger's words in one line of bounded length. */
  private static String shown(@Nullable String text, int most) {
    String told = String.valueOf(text);
    String cut = told.length() > most ? told.substring(0, most) : told;
    return cut.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\"]+", " ");
  }

  private void endFrom(String nodeId, int page) {
    for (int each = page; each < Routes.MAX_PAGES; each++) {
      String key = RoutesJudged.key(nodeId, each);
      if (judged.get(key).isPresent()) {
        log.end(Topics.ROUTES, key);
      }
    }
  }

  private Optional<RoutesJudged> known(String nodeId, int page) {
    return judged.get(RoutesJudged.key(nodeId, page)).map(Stated::data);
  }

  private long grantVersion(String siteId) {
    return sites.get(siteId).map(Stated::data).map(RouteGrant::version).orElse(0L);
  }
}
