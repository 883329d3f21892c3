package io.tributary.contracts.admin;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.node.Routes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a site's nodes heard from its router, and what became of it.
 *
 * @param siteId the site
 * @param nodes those that told routes, by id
 */
public record SiteRoutes(String siteId, List<NodeRoutes> nodes) {
  public SiteRoutes {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /**
   * One node's.
   *
   * @param nodeId the node
   * @param routesVersion the node's own
   * @param receivedAt when they came
   * @param accepted what counts
   * @param refused how many do not count
   * @param refusals some of those, each with its reason
   * @param problem why the node could not take its feed as it is now; null when all is well
   */
  public record NodeRoutes(
      String nodeId,
      long routesVersion,
      Instant receivedAt,
      List<Routes.Route> accepted,
      int refused,
      List<RoutesJudged.Refusal> refusals,
      @Nullable String problem) {
    public NodeRoutes {
      accepted = accepted == null ? List.of() : List.copyOf(accepted);
      refusals = refusals == null ? List.of() : List.copyOf(refusals);
    }
  }
}
