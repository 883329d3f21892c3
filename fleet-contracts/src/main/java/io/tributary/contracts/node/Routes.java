package io.tributary.contracts.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node's site reaches: {@code PUT /oca/v1/routes}.
 *
 * @param nodeId must be the certificate's
 * @param routesVersion told in heartbeats from now on
 * @param prefixes what the site's router announced
 */
public record Routes(String nodeId, long routesVersion, List<Route> prefixes) {
  public Routes {
    prefixes = List.copyOf(prefixes);
  }

  /**
   * A prefix that the site reaches.
   *
   * @param prefix in CIDR notation, v4 or v6
   * @param asPath nearest first
   * @param med multi-exit discriminator, lower is better; null where none was told
   */
  public record Route(String prefix, List<Long> asPath, @Nullable Long med) {
    public Route {
      asPath = asPath == null ? List.of() : List.copyOf(asPath);
    }
  }
}
