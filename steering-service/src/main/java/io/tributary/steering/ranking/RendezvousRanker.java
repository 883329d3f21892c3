package io.tributary.steering.ranking;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.steering.ranking.Assessment.Excluded;
import io.tributary.steering.ranking.Assessment.Qualified;
import io.tributary.steering.ranking.SteeringDecision.Exhausted;
import io.tributary.steering.ranking.SteeringDecision.NotPlaced;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders the nodes that hold a package for one play, by weighted rendezvous hashing: each node's
 * score is {@code -weight / ln(hash(play, node))}, where the weight is its headroom. So a node is
 * first for a share of all plays that is its share of all headroom, and when a node goes, only its
 * own plays move (Thaler and Ravishankar 1998; the weighted form after Schindelhauer and Schomaker
 * 2005). Equal scores go to the lower node id.
 *
 * <p>Then sites take turns: each next node is the best of another site than the one before, of the
 * site named least so far, where there is one. So the second choice survives the loss of the first
 * one's site.
 *
 * <p>Pure and stateless: no clock, no I/O, no randomness; the same on every machine. Safe for use
 * by many threads.
 */
public final class RendezvousRanker {
  /** Of these rules; grows whenever equal inputs could give another order than before. */
  public static final int POLICY_VERSION = 1;

  /** More nodes than a player would ever try only make manifests longer. */
  public static final int MAX_NODES = 8;

  /**
   * A node that says it is full still gets this share of its capacity as weight: its figure is
   * seconds old, and to name nobody is worse.
   */
  private static final double LEAST_HEADROOM_SHARE = 0.05;

  /** The weight of a node that does not say what it could send. */
  private static final long ASSUMED_CAPACITY_BITS_PER_SECOND = 1_000_000_000;

  private static final Comparator<Qualified> BEST_FIRST =
      Comparator.comparingDouble(Qualified::score)
          .reversed()
          .thenComparing(qualified -> qualified.candidate().nodeId());

  /**
   * Decides where a play should fetch from.
   *
   * @param playbackId the play: spreads plays over nodes of equal weight
   * @param maxNodes how many nodes to name at most, 1 to 8
   * @param at the instant to hold certificates' ends against
   * @param candidates each node at most once, in any order
   * @throws IllegalArgumentException if {@code maxNodes} is out of its range
   */
  public SteeringDecision rank(
      String playbackId, int maxNodes, Instant at, Collection<Candidate> candidates) {
    if (maxNodes < 1 || maxNodes > MAX_NODES) {
      throw new IllegalArgumentException(
          "maxNodes is " + maxNodes + " (expected: 1 to " + MAX_NODES + ")");
    }
    List<Assessment> assessments =
        candidates.stream()
            .sorted(Comparator.comparing(Candidate::nodeId))
            .map(candidate -> assess(playbackId, at, candidate))
            .toList();
    List<Qualified> qualified = new ArrayList<>();
    for (Assessment assessment : assessments) {
      if (assessment instanceof Qualified one) {
        qualified.add(one);
      }
    }
    if (!qualified.isEmpty()) {
      qualified.sort(BEST_FIRST);
      return new Steered(takeTurns(qualified, maxNodes), assessments);
    }
    return candidates.stream().anyMatch(Candidate::holds)
        ? new Exhausted(assessments)
        : new NotPlaced(assessments);
  }

  private static Assessment assess(String playbackId, Instant at, Candidate candidate) {
    Exclusion exclusion = exclusion(at, candidate);
    if (exclusion != null) {
      return new Excluded(candidate, exclusion);
    }
    double weight = weight(candidate);
    double hash = hash(playbackId, candidate.nodeId());
    // StrictMath: another machine must come to the same last bit.
    return new Qualified(candidate, weight, hash, -weight / StrictMath.log(hash));
  }

  /** The first reason that applies: what is wrong with the node before what it lacks. */
  private static @Nullable Exclusion exclusion(Instant at, Candidate candidate) {
    NodeHealth health = candidate.health();
    Instant notAfter = candidate.certificateNotAfter();
    if (health == null || notAfter == null) {
      return Exclusion.NO_VERDICT;
    }
    Exclusion byVerdict =
        switch (health) {
          case HEALTHY -> null;
          case UNHEALTHY -> Exclusion.UNHEALTHY;
          case UNREACHABLE -> Exclusion.UNREACHABLE;
          case DRAINING -> Exclusion.DRAINING;
          case REVOKED -> Exclusion.REVOKED;
        };
    if (byVerdict != null) {
      return byVerdict;
    }
    if (!candidate.addressed()) {
      return Exclusion.UNREACHABLE;
    }
    if (!at.isBefore(notAfter)) {
      return Exclusion.CERTIFICATE_EXPIRED;
    }
    return candidate.holds() ? null : Exclusion.NOT_HOLDING;
  }

  private static double weight(Candidate candidate) {
    double capacity =
        candidate.egressCapacityBitsPerSecond() > 0
            ? candidate.egressCapacityBitsPerSecond()
            : ASSUMED_CAPACITY_BITS_PER_SECOND;
    double headroom = capacity - Math.max(0, candidate.egressBitsPerSecond());
    return Math.max(headroom, capacity * LEAST_HEADROOM_SHARE) / 1_000_000;
  }

  private static List<Candidate> takeTurns(List<Qualified> bestFirst, int maxNodes) {
    List<Candidate> left = new ArrayList<>();
    bestFirst.forEach(qualified -> left.add(qualified.candidate()));
    List<Candidate> order = new ArrayList<>();
    Map<String, Integer> timesNamed = new HashMap<>();
    String lastSite = null;
    while (!left.isEmpty() && order.size() < maxNodes) {
      Candidate next = left.getFirst();
      for (Candidate other : left) {
        if (goesBefore(other.siteId(), next.siteId(), lastSite, timesNamed)) {
          next = other;
        }
      }
      left.remove(next);
      order.add(next);
      lastSite = next.siteId();
      timesNamed.merge(lastSite, 1, Integer::sum);
    }
    return order;
  }

  /** Whether a node of {@code site} is named before a better one of {@code otherSite}. */
  private static boolean goesBefore(
      String site, String otherSite, @Nullable String lastSite, Map<String, Integer> timesNamed) {
    boolean again = site.equals(lastSite);
    boolean otherAgain = otherSite.equals(lastSite);
    if (again != otherAgain) {
      return otherAgain;
    }
    return timesNamed.getOrDefault(site, 0) < timesNamed.getOrDefault(otherSite, 0);
  }

  /**
   * FNV-1a over {@code playbackId/nodeId}, stirred by a final mix (Stafford's variant 13) because
   * FNV's high bits depend little on the last characters, where ids differ.
   */
  private static double hash(String playbackId, String nodeId) {
    long hash = fold(0xcbf29ce484222325L, playbackId);
    hash = fold((hash ^ '/') * 0x100000001b3L, nodeId);
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash = hash ^ (hash >>> 31);
    return ((hash >>> 11) + 0.5) * 0x1.0p-53;
  }

  private static long fold(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
