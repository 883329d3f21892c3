package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.SetAsideReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that remembers, and takes everything. */
final class RecordedRoutes implements RouteSink {
  /** A route as it was told; −1 for the origin of what the operator said. */
  record Told(IpPrefix prefix, RouteOrigin origin, long originAsn) {}

  final List<Told> told = new ArrayList<>();

  @Override
  public @Nullable SetAsideReason said(IpPrefix prefix, RouteOrigin origin) {
    told.add(new Told(prefix, origin, -1));
    return null;
  }

  @Override
  public @Nullable SetAsideReason announced(IpPrefix prefix, RouteOrigin origin, long originAsn) {
    told.add(new Told(prefix, origin, originAsn));
    return null;
  }
}
