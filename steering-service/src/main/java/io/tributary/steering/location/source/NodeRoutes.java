package io.tributary.steering.location.source;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.node.Routes;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a node's router announced, as the control plane let it pass. Only what is granted
 * counts, by the grants of now. For one thread.
 */
public final class NodeRoutes {
  private final RouteSink sink;

  public NodeRoutes(RouteSink sink) {
    this.sink = sink;
  }

  /**
   * Reads a page of a node's routes. Never throws.
   *
   * @param page as it came: what JSON lacks may be null, whatever the type says
   */
  public SourceReport read(RoutesJudged page) {
    String siteId = page.siteId();
    SourceTally tally = new SourceTally("node " + page.nodeId());
    for (Routes.Route route : page.accepted()) {
      tally.record();
      try {
        tally.route(take(siteId, route), "route", tally.records(), () -> route.prefix());
      } catch (IllegalArgumentException | NullPointerException e) {
        tally.setAside(
            SetAsideReason.MALFORMED,
            "route",
            tally.records(),
            () -> String.valueOf(e.getMessage()));
      }
    }
    return tally.whole();
  }

  private @Nullable SetAsideReason take(String siteId, Routes.Route route) {
    List<Long> path = route.asPath();
    IpPrefix prefix = IpPrefix.parse(Objects.requireNonNull(route.prefix(), "prefix is absent"));
    RouteOrigin origin =
        new RouteOrigin(
            siteId,
            RouteOrigin.DEFAULT_PREFERENCE,
            path.size(),
            path.isEmpty() ? 0 : path.getFirst(),
            Objects.requireNonNullElse(route.med(), 0L),
            RouteSource.NODE);
    return sink.announced(prefix, origin, path.isEmpty() ? 0 : path.getLast());
  }
}
