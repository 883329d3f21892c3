package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node tells of its site's routes.
 *
 * @param version derived from the rest; 0 for nothing to tell, -1 for nothing heard yet
 * @param routes by prefix
 * @param problem why the router's word is not taken as it is now; null when all is well
 */
public record HeardRoutes(long version, List<Routes.Route> routes, @Nullable String problem) {
  /** There is no router. */
  public static final HeardRoutes NONE = new HeardRoutes(0, List.of(), null);

  /** There is a router, and it has yet to be heard. */
  public static final HeardRoutes NOT_YET = new HeardRoutes(-1, List.of(), null);

  public HeardRoutes {
    routes = List.copyOf(routes);
  }

  static HeardRoutes of(List<Routes.Route> routes, @Nullable String problem) {
    return new HeardRoutes(version(routes, problem), routes, problem);
  }

  /** 48 bits of a digest: exact in any JSON reader, and never 0. */
  private static long version(List<Routes.Route> routes, @Nullable String problem) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Routes.Route route : routes) {
        String line = route.prefix() + " " + route.med() + " " + route.asPath() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      digest.update(String.valueOf(problem).getBytes(StandardCharsets.UTF_8));
      byte[] sum = digest.digest();
      long version = 1;
      for (int i = 0; i < 6; i++) {
        version = (version << 8) | (sum[i] & 0xff);
      }
      return version;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
