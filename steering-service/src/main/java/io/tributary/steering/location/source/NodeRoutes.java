package io.tributary.steering.location.source;

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
 * Reads what a node says that its site's router announced. Only what is granted counts. For one
 * thread.
 */
public final class NodeRoutes {
  private final RouteSink sink;

  public NodeRoutes(RouteSink sink) {
    this.sink = sink;
  }

  /**
   * Reads a node's routes. Never throws.
   *
   * @param siteId where the node stands, by its certificate
   * @param routes as they came: what JSON lacks may be null, whatever the type says
   */
  public SourceReport read(String siteId, Routes routes) {
    SourceTally tally = new SourceTally("node " + routes.nodeId());
    for (Routes.Route route : routes.prefixes()) {
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
