package io.tributary.oca.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node takes its proxy from the JVM's properties; the variables that other programs read do
 * nothing.
 */
final class ProxyRule {
  static final String CHECK = "proxy";

  private static final List<String> VARIABLES = List.of("https_proxy", "http_proxy", "all_proxy");

  private ProxyRule() {}

  /** Empty when there is nothing to tell. */
  static Optional<Finding> judge(Map<String, String> environment, boolean isProxied) {
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(environment);
    Optional<String> unread =
        VARIABLES.stream().filter(name -> !given.getOrDefault(name, "").isEmpty()).findFirst();
    // Its value may bear a password.
    return unread
        .filter(name -> !isProxied)
        .map(name ->
            Finding.warning(
                CHECK,
                name + " is set, which a node does not read",
                "the JVM's properties",
                "must it go by a proxy, say -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT in"
                    + " JAVA_OPTIONS"));
  }
}
