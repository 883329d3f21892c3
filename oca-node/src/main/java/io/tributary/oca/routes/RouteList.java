package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Collects the routes of one reading, the best of each prefix: the shorter AS path goes first, then
 * the lower MED. MEDs are compared whoever set them, which RFC 4271 leaves to the operator: one
 * site tells one route a prefix, and which of two equals it is moves no client. For one thread.
 */
final class RouteList {
  private static final Comparator<Routes.Route> BEST_FIRST =
      Comparator.<Routes.Route>comparingInt(route -> route.asPath().size())
          .thenComparingLong(route -> Objects.requireNonNullElse(route.med(), 0L))
          .thenComparing(route -> route.asPath().toString());

  private final int maxPrefixes;
  private final Map<String, Routes.Route> byPrefix = new TreeMap<>();

  RouteList(int maxPrefixes) {
    this.maxPrefixes = maxPrefixes;
  }

  void add(Routes.Route route) {
    byPrefix.merge(route.prefix(), route, (a, b) -> BEST_FIRST.compare(a, b) <= 0 ? a : b);
  }

  /** Whether it is one too many; what comes after is of no interest. */
  boolean isOverfull() {
    return byPrefix.size() > maxPrefixes;
  }

  Reading reading() {
    return isOverfull() ? tooMany(maxPrefixes) : new Reading.Whole(List.copyOf(byPrefix.values()));
  }

  /** Without their number: a leak grows by the second, and its reason is told once. */
  static Reading.Refused tooMany(int maxPrefixes) {
    return new Reading.Refused(
        "the router announces more than "
            + maxPrefixes
            + " prefixes (expected: at most oca.routes.max-prefixes)");
  }
}
