package io.tributary.steering.ranking;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.steering.ranking.Assessment.Excluded;
import io.tributary.steering.ranking.Assessment.Qualified;
import io.tributary.steering.ranking.SteeringDecision.Exhausted;
import io.tributary.steering.ranking.SteeringDecision.NotPlaced;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders the nodes that hold a package for one play: the near before the far, as long as the near
 * are comfortable. Beyond that loads are told apart by level, and the lowest level goes first; a
 * node beyond the nearest tier that has any counts as more loaded than it is, the more the farther.
 * So where most is wanted load spreads as far as it must, and to those near first. Last are those
 * that the play would ask for more than they can send, the least full of all first: nearness is no
 * help where nothing is left.
 *
 * <p>Among equally near nodes of one level the first one is found by weighted rendezvous hashing of
 * the package (Thaler and Ravishankar 1998; the weighted form after Schindelhauer and Schomaker
 * 2005), so that plays of one package meet where it is in memory; the weight is a node's headroom,
 * so that its share of packages shrinks as it fills. A node that has 1.25 times its share of the
 * tier's load, or more, is passed over (consistent hashing with bounded loads: Mirrokni, Thorup and
 * Zadimoghaddam 2016). So a hot package takes as many nodes as it needs.
 *
 * <p>Those after the first are ordered by the play's own hash: when a node dies, its plays go on at
 * many nodes, not all at one. Sites of a tier take turns, and where nodes of two sites may be named
 * two are.
 *
 * <p>An external CDN is for what the fleet cannot carry: it is named, before full nodes, when no
 * own node that qualifies has room, as long as the play keeps it within its cap.
 *
 * <p>A play that runs keeps the order of its manifest, less the nodes that lost their right since;
 * where fewer than two are left, draining and then silent ones of them close the list.
 *
 * <p>Pure and stateless: no clock, no I/O, no randomness; the same on every machine. Safe for use
 * by many threads.
 */
public final class NearnessRanker {
  /** Of these rules; grows whenever equal inputs could give another order than before. */
  public static final int POLICY_VERSION = 5;

  /** More nodes than a player would ever try only make manifests longer. */
  public static final int MAX_NODES = 8;

  private static final Comparator<Candidate> BY_ID =
      (one, other) -> one.nodeId().compareTo(other.nodeId());

  private final RankingPolicy policy;

  /** Ranks by these figures. */
  public NearnessRanker(RankingPolicy policy) {
    this.policy = policy;
  }

  /**
   * Decides where a play should fetch from.
   *
   * @param maxNodes how many nodes to name at most, 1 to 8
   * @param at the instant to hold certificates' ends against
   * @param candidates each node at most once, in any order
   * @throws IllegalArgumentException if {@code maxNodes} is out of its range
   */
  public SteeringDecision rank(
      Play play, int maxNodes, Instant at, Collection<Candidate> candidates) {
    if (maxNodes < 1 || maxNodes > MAX_NODES) {
      throw new IllegalArgumentException(
          "maxNodes is " + maxNodes + " (expected: 1 to " + MAX_NODES + ")");
    }
    Candidate[] byId = candidates.toArray(Candidate[]::new);
    Arrays.sort(byId, BY_ID);
    @Nullable Exclusion[] exclusions = new Exclusion[byId.length];
    TierLoads tiers = new TierLoads(policy);
    boolean isPlaced = false;
    for (int i = 0; i < byId.length; i++) {
      exclusions[i] = exclusion(at, byId[i]);
      isPlaced |= byId[i].holds();
      if (exclusions[i] == null && !byId[i].isExternal()) {
        tiers.add(byId[i]);
      }
    }
    Scores scores = new Scores(play);
    List<Assessment> assessments = new ArrayList<>(byId.length);
    boolean hasOwnRoom = false;
    for (int i = 0; i < byId.length; i++) {
      Exclusion exclusion = exclusions[i];
      if (exclusion != null) {
        assessments.add(new Excluded(byId[i], exclusion));
      } else {
        Qualified one = qualified(byId[i], play, tiers, scores);
        assessments.add(one);
        hasOwnRoom |= !one.isFull() && !byId[i].isExternal();
      }
    }
    List<Candidate> order =
        play.isRunning()
            ? RunningOrder.of(play, at, assessments)
            : NamingOrder.of(beginning(assessments, hasOwnRoom), maxNodes);
    if (order.isEmpty()) {
      return isPlaced ? new Exhausted(assessments) : new NotPlaced(assessments);
    }
    return new Steered(order.subList(0, Math.min(maxNodes, order.size())), assessments);
  }

  /**
   * Those that a play may begin at. An external one is taken out of the assessments where it is not
   * needed or has enough; a play that runs there stays.
   */
  private static List<Qualified> beginning(List<Assessment> assessments, boolean hasOwnRoom) {
    List<Qualified> qualified = new ArrayList<>(assessments.size());
    for (int i = 0; i < assessments.size(); i++) {
      if (assessments.get(i) instanceof Qualified one) {
        if (one.candidate().isExternal() && (hasOwnRoom || one.isFull())) {
          Exclusion exclusion = hasOwnRoom ? Exclusion.NOT_NEEDED : Exclusion.OVER_CAP;
          assessments.set(i, new Excluded(one.candidate(), exclusion));
        } else {
          qualified.add(one);
        }
      }
    }
    return qualified;
  }

  /** The first reason that applies: what is wrong with the node before what it lacks. */
  private static @Nullable Exclusion exclusion(Instant at, Candidate candidate) {
    if (candidate.isExternal()) {
      return candidate.holds() ? null : Exclusion.NOT_HOLDING;
    }
    NodeHealth health = candidate.health();
    if (health == null || candidate.certificateNotAfter() == null) {
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
    return Exclusion.beyondVerdict(at, candidate);
  }

  private Qualified qualified(Candidate candidate, Play play, TierLoads tiers, Scores scores) {
    double capacity = policy.capacity(candidate);
    double load = policy.load(candidate);
    double share = candidate.isExternal() ? capacity : tiers.share(candidate, play.bitsPerSecond());
    double after = load + play.bitsPerSecond();
    double headroom = Math.max(capacity - load, capacity * policy.leastHeadroomShare());
    double trust = policy.trust(candidate);
    double weight = headroom / 1_000_000 * trust;
    long node = scores.nodeHash(candidate.nodeId());
    return new Qualified(
        candidate,
        load,
        share,
        after / capacity,
        candidate.isExternal()
            ? 0
            : policy.level(after / capacity, trust, tiers.tiersFarther(candidate)),
        after > policy.most(candidate),
        load >= share,
        weight,
        scores.ofPackage(node, weight),
        scores.ofPlay(node, weight));
  }
}
