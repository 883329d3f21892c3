package io.tributary.controlplane.health;

import io.tributary.controlplane.health.Decision.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What silence and probes make of one node.
 *
 * <pre>
 *   silent for            its newest probes                               it is
 *   doubtIntervals        are asked for, again each half interval         named
 *   suspicionIntervals    none has ended of late                          given up
 *                         the last two were refused                       given up
 *                         the last two, and all for hangPatience, were
 *                         not answered                                    given up
 *                         else                                            named
 *   unheardIntervals      whatever they found                             given up
 * </pre>
 *
 * <p>A node that is not named is not probed here, so silence alone decides.
 *
 * <p>Pure: time comes in, decisions go out.
 */
final class SilenceRule {
  /**
   * What loses heartbeats loses a probe as well, and a probe may fall into a healthy node's pause.
   * Not both of two: each has tried to connect twice.
   */
  private static final int IN_A_ROW = 2;

  private static final Comparator<WatchedNode> LONGEST_UNPROBED_FIRST =
      Comparator.comparing(
              (WatchedNode node) -> node.probes().askedAt(),
              Comparator.nullsFirst(Instant::compareTo))
          .thenComparing(WatchedNode::heardAt)
          .thenComparing(WatchedNode::id);

  private final DetectorConfig config;
  private final Duration suspicion;
  private final Duration doubt;
  private final Duration unheard;
  private final Duration pause;

  SilenceRule(DetectorConfig config, Duration heartbeatInterval) {
    this.config = config;
    this.suspicion = config.suspicion(heartbeatInterval);
    this.doubt = config.doubt(heartbeatInterval);
    this.unheard = config.unheard(heartbeatInterval);
    this.pause = heartbeatInterval.dividedBy(2);
  }

  /**
   * Asks for probes of named nodes that are silent, each node one at a time. If not all can be
   * probed at once, those come first whose turn was longest ago.
   *
   * @param notBefore from when on silence counts
   */
  void probe(
      Collection<WatchedNode> nodes, Instant now, Instant notBefore, List<Decision> decisions) {
    if (doubt.compareTo(suspicion) >= 0) {
      return;
    }
    for (WatchedNode node : nodes) {
      if (node.silence(now, notBefore).compareTo(doubt) < 0) {
        node.forgetProbes();
      }
    }
    nodes.stream()
        .filter(WatchedNode::isNamed)
        .filter(node -> node.silence(now, notBefore).compareTo(doubt) >= 0)
        .filter(node -> !node.isProbing() && !node.probes().isAskedAfter(now.minus(pause)))
        .filter(node -> !node.namedEndpoints().isEmpty())
        .sorted(LONGEST_UNPROBED_FIRST)
        .forEach(node -> {
          node.probingSilence(now);
          decisions.add(new Probe(node.id(), node.namedEndpoints()));
        });
  }

  /**
   * Why a node is given up; empty if it is not.
   *
   * @param silence how long it has been silent: {@code suspicionIntervals} or more
   */
  Optional<String> whyGivenUp(WatchedNode node, Duration silence, Instant now) {
    SilentProbes probes = node.probes();
    @Nullable Instant unanswered = probes.unansweredSince();
    String silent = "silent for " + node.silence(now, Instant.MIN).toMillis() + " ms";
    if (probes.refusals() >= IN_A_ROW) {
      return Optional.of(silent + ", and takes no connections");
    }
    if (unanswered != null
        && probes.unanswered() >= IN_A_ROW
        && !unanswered.plus(config.hangPatience()).isAfter(now)) {
      long millis = Duration.between(unanswered, now).toMillis();
      return Optional.of(silent + ", and answers no probe for " + millis + " ms");
    }
    if (silence.compareTo(unheard) >= 0) {
      return Optional.of(silent + ": what is known of it is too old, though it is reached");
    }
    boolean isProbedOfLate =
        probes.isEndedAfter(now.minus(suspicion))
            || node.isProbedForSilenceSince(now.minus(EndpointProbe.LONGEST));
    return isProbedOfLate ? Optional.empty() : Optional.of(silent + ", and no probe tells more");
  }
}
