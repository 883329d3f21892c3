package io.tributary.gateway.routes;

import java.util.Set;

/** What a {@link RouteTable} says of a request line. */
public sealed interface RouteMatch {
  /** This row takes it. */
  record Found(PathRoute route) implements RouteMatch {}

  /** The path exists at this door, the method does not. */
  record WrongMethod(Set<String> allowed) implements RouteMatch {
    public WrongMethod {
      allowed = Set.copyOf(allowed);
    }
  }

  /** Nothing is at this path, or it is at the other door. */
  record Nowhere() implements RouteMatch {}

  /** Two readers could take the path for two different ones, so nobody routes by it. */
  record Ambiguous(String reason) implements RouteMatch {}
}
