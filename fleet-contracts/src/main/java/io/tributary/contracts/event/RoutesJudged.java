package io.tributary.contracts.event;

import io.tributary.contracts.node.Routes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the routes that a node's router announced, judged by the control plane. A null value
 * under the same key takes the page back.
 *
 * @param nodeId who told
 * @param siteId where it stands, by its certificate
 * @param routesVersion the node's
 * @param grantVersion of what the network was granted when they were judged
 * @param page from 0
 * @param pages how many there are
 * @param receivedAt the control plane's clock
 * @param accepted what counts
 * @param refused how many of the page do not count
 * @param refusals the first of them with their reasons, at most {@link #MAX_REFUSALS}
 * @param problem the node's own words, why its feed could not be taken as it is now
 */
public record RoutesJudged(
    String nodeId,
    String siteId,
    long routesVersion,
    long grantVersion,
    int page,
    int pages,
    Instant receivedAt,
    List<Routes.Route> accepted,
    int refused,
    List<Refusal> refusals,
    @Nullable String problem) {
  /** The envelope's type. */
  public static final String TYPE = "routes-judged";

  /** Enough to see what went wrong; all of a leak would fill the topic. */
  public static final int MAX_REFUSALS = 20;

  public RoutesJudged {
    accepted = accepted == null ? List.of() : List.copyOf(accepted);
    refusals = refusals == null ? List.of() : List.copyOf(refusals);
  }

  /** The key of a node's page. */
  public static String key(String nodeId, int page) {
    return nodeId + "/" + page;
  }

  /**
   * A route that does not count.
   *
   * @param prefix as it was told
   * @param reason for the ISP to read: what is wrong, and what was expected
   */
  public record Refusal(String prefix, String reason) {}
}
