package io.tributary.gateway.routes;

import io.tributary.bearer.AccessRule;
import io.tributary.contracts.context.Priority;
import java.util.List;
import java.util.Set;

/**
 * One row of the {@link RouteTable}: a path, and all that is decided by it.
 *
 * @param path its segments; {@code *} stands for any one, {@code **} at the end for any number
 * @param methods that the row takes
 * @param target who answers
 * @param access what the caller must show
 * @param body what the caller may send
 * @param repeat when another replica may be asked
 * @param priority of its requests; a client's hint can only lower it
 */
public record PathRoute(
    List<String> path,
    Set<String> methods,
    Target target,
    AccessRule access,
    Body body,
    Repeat repeat,
    Priority priority) {

  /** Who answers. */
  public sealed interface Target {
    /** A service behind the gateway. */
    record Service(Upstream upstream) implements Target {}

    /** The gateway itself: the page, or the local issuer. */
    record Here() implements Target {}
  }

  /** What a request's body may be. */
  public enum Body {
    /** Small: it is read whole before the request goes on, so it can be sent again. */
    JSON,
    /** A part of a file: it streams through, is never held, and so cannot be sent again. */
    PART
  }

  /** When a request whose fate is unknown (reset, killed, late) is sent to another replica. */
  public enum Repeat {
    /** The operation may be done twice without harm. */
    ALWAYS,
    /** Only methods that HTTP itself calls idempotent. */
    IDEMPOTENT_METHODS;

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

    /** Whether a request with this method may be repeated. */
    public boolean allows(String method) {
      return this == ALWAYS || IDEMPOTENT.contains(method);
    }
  }

  public PathRoute {
    path = List.copyOf(path);
    methods = Set.copyOf(methods);
  }

  boolean matches(List<String> segments) {
    int fixed = path.size();
    if (path.getLast().equals("**")) {
      fixed--;
      if (segments.size() < fixed) {
        return false;
      }
    } else if (segments.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!path.get(i).equals(segments.get(i))
          && (!path.get(i).equals("*") || segments.get(i).isEmpty())) {
        return false;
      }
    }
    return true;
  }
}
