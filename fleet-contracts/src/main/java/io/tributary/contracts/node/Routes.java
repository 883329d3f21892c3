package io.tributary.contracts.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node's site reaches: {@code PUT /oca/v1/routes}, in pages that are sent in their order.
 *
 * @param nodeId must be the certificate's
 * @param routesVersion told in heartbeats from now on; derived from all that is told here, so that
 *     equal routes have the same one
 * @param prefixes what the site's router announced, at most {@link #MAX_PREFIXES_A_PAGE}
 * @param page from 0, which is where none is told
 * @param pages how many there are, at most {@link #MAX_PAGES}; 1 where none is told
 * @param problem why the feed could not be taken as it is now, for people; null when all is well
 */
public record Routes(
    String nodeId,
    long routesVersion,
    List<Route> prefixes,
    Integer page,
    Integer pages,
    @Nullable String problem) {
  /** With {@link #MAX_PATH} networks each, a page stays below the largest body and event. */
  public static final int MAX_PREFIXES_A_PAGE = 1_000;

  /** Several times what the largest access networks announce once it is aggregated. */
  public static final int MAX_PAGES = 20;

  /** The Internet's own paths are 4 long on average, and 30 with their prepends at most. */
  public static final int MAX_PATH = 32;

  public Routes {
    prefixes = List.copyOf(prefixes);
    page = page == null ? 0 : page;
    pages = pages == null ? 1 : pages;
  }

  /**
   * A prefix that the site reaches.
   *
   * @param prefix in CIDR notation, v4 or v6
   * @param asPath nearest first; 0 stands for a set of networks
   * @param med multi-exit discriminator, lower is better; null where none was told
   */
  public record Route(String prefix, List<Long> asPath, @Nullable Long med) {
    public Route {
      asPath = asPath == null ? List.of() : List.copyOf(asPath);
    }
  }
}
