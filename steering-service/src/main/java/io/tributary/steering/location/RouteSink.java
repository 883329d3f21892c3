package io.tributary.steering.location;

import org.jspecify.annotations.Nullable;

/** Takes the routes that a source tells of. For one thread. */
public interface RouteSink {
  /**
   * Takes the operator's own word.
   *
   * @return why it does not count; null if it does
   */
  @Nullable SetAsideReason said(IpPrefix prefix, RouteOrigin origin);

  /**
   * Takes what a stranger announces.
   *
   * @param originAsn the last network of the AS path; 0 where that is not one network
   * @return why it does not count; null if it does
   */
  @Nullable SetAsideReason announced(IpPrefix prefix, RouteOrigin origin, long originAsn);
}
