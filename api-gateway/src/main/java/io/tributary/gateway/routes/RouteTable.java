package io.tributary.gateway.routes;

import io.tributary.bearer.AccessRule;
import io.tributary.contracts.context.Priority;
import io.tributary.gateway.problem.Loggable;
import io.tributary.gateway.routes.PathRoute.Body;
import io.tributary.gateway.routes.PathRoute.Repeat;
import io.tributary.gateway.routes.PathRoute.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every path of both doors. What is not listed does not exist.
 *
 * <p>Public operations may all be repeated. {@code POST /api/v1/playbacks} too: it carries an
 * Idempotency-Key, the client's or the door's, and all its repetitions are one play. A renewal, a
 * position or a report says the same twice.
 *
 * <p>Pure and immutable; safe for use by many threads.
 */
public final class RouteTable {
  private static final Set<String> READ = Set.of("GET", "HEAD");
  private static final Set<String> ANY = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  /**
   * What one reader decodes and another does not: dots, both slashes, percent itself, controls.
   * Paths of ours need none of these encoded.
   */
  private static final Pattern AMBIGUOUS_ESCAPE =
      Pattern.compile("%(2[ef5]|5c|[01][0-9a-f]|7f|(?![0-9a-f]{2}))", Pattern.CASE_INSENSITIVE);

  private final Map<Door, List<PathRoute>> rows = new EnumMap<>(Door.class);

  /**
   * Builds the table.
   *
   * @param localIssuer whether the local issuer answers here
   * @param pageFiles the page's files, {@code /} among them
   */
  public RouteTable(boolean localIssuer, Set<String> pageFiles) {
    rows.put(Door.PUBLIC, publicRows(localIssuer, pageFiles));
    rows.put(Door.ADMIN, adminRows());
  }

  private static List<PathRoute> publicRows(boolean localIssuer, Set<String> pageFiles) {
    AccessRule open = new AccessRule.Open();
    AccessRule ifShown = new AccessRule.CallerIfShown();
    AccessRule caller = new AccessRule.AnyCaller();
    Set<String> post = Set.of("POST");
    List<PathRoute> found = new ArrayList<>();
    found.add(playback("/api/v1/titles", READ, ifShown, Priority.STANDARD));
    found.add(playback("/api/v1/playbacks", post, ifShown, Priority.CRITICAL));
    found.add(playback("/api/v1/playbacks/*/renewals", post, ifShown, Priority.STANDARD));
    found.add(playback("/api/v1/playbacks/*/position", Set.of("PUT"), caller, Priority.BULK));
    found.add(playback("/api/v1/playbacks/*/reports", post, ifShown, Priority.BULK));
    // The play token in the path is the right to read them; players send no headers.
    found.add(playback("/api/v1/manifests/**", READ, open, Priority.CRITICAL));
    if (localIssuer) {
      found.add(here("/auth/local/token", post));
    }
    for (String file : pageFiles) {
      found.add(here(file, READ));
    }
    return List.copyOf(found);
  }

  private static List<PathRoute> adminRows() {
    List<PathRoute> found = new ArrayList<>();
    found.add(
        new PathRoute(
            segments("/admin/v1/ingests/*/parts/*"),
            Set.of("PUT"),
            new Target.Service(Upstream.MEDIA_PIPELINE),
            AccessRule.operators(),
            Body.PART,
            Repeat.IDEMPOTENT_METHODS,
            Priority.BULK));
    owned(found, Upstream.PLAYBACK_ADMIN, "titles", "accounts");
    owned(
        found,
        Upstream.CONTROL_PLANE,
        "networks",
        "sites",
        "enrolment-tokens",
        "nodes",
        "packages",
        "purges");
    owned(found, Upstream.MEDIA_PIPELINE, "ingests");
    owned(found, Upstream.STEERING, "decisions", "what-if");
    return List.copyOf(found);
  }

  /**
   * Operators' paths change with their owner alone: below its names, the owner says what exists.
   */
  private static void owned(List<PathRoute> rows, Upstream owner, String... names) {
    for (String name : names) {
      rows.add(
          new PathRoute(
              segments("/admin/v1/" + name + "/**"),
              ANY,
              new Target.Service(owner),
              AccessRule.operators(),
              Body.JSON,
              Repeat.IDEMPOTENT_METHODS,
              Priority.STANDARD));
    }
  }

  private static PathRoute playback(
      String path, Set<String> methods, AccessRule access, Priority priority) {
    return new PathRoute(
        segments(path),
        methods,
        new Target.Service(Upstream.PLAYBACK),
        access,
        Body.JSON,
        Repeat.ALWAYS,
        priority);
  }

  private static PathRoute here(String path, Set<String> methods) {
    return new PathRoute(
        segments(path),
        methods,
        new Target.Here(),
        new AccessRule.Open(),
        Body.JSON,
        Repeat.ALWAYS,
        Priority.STANDARD);
  }

  /**
   * Finds who takes a request.
   *
   * @param rawPath as it came, nothing decoded
   */
  public RouteMatch match(Door door, String method, String rawPath) {
    if (!rawPath.startsWith("/")) {
      return new RouteMatch.Ambiguous("the path is " + shown(rawPath) + " (expected: /…)");
    }
    List<String> segments = segments(rawPath);
    if (AMBIGUOUS_ESCAPE.matcher(rawPath).find()
        || rawPath.indexOf('\\') >= 0
        || rawPath.indexOf(';') >= 0
        || rawPath.contains("//")
        || segments.contains(".")
        || segments.contains("..")) {
      return new RouteMatch.Ambiguous(
          "the path is "
              + shown(rawPath)
              + " (expected: no dot segments, empty segments, parameters or encoded . / \\ %)");
    }
    Set<String> others = new TreeSet<>();
    for (PathRoute row : rows.getOrDefault(door, List.of())) {
      if (row.matches(segments)) {
        if (row.methods().contains(method)) {
          return new RouteMatch.Found(row);
        }
        others.addAll(row.methods());
      }
    }
    return others.isEmpty() ? new RouteMatch.Nowhere() : new RouteMatch.WrongMethod(others);
  }

  private static String shown(String rawPath) {
    String path = Loggable.text(rawPath);
    return path.length() > 80 ? path.substring(0, 80) + "…" : path;
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }
}
