package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeKind;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.Play;
import io.tributary.steering.ranking.SteeringDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a decision again from nothing but its record, and compares: every candidate's exclusion,
 * every score term to its last bit, and the order. Pure; safe for use by many threads.
 */
public final class Recompute {
  private final NearnessRanker ranker;

  /** Recomputes by this ranker's rules. */
  public Recompute(NearnessRanker ranker) {
    this.ranker = ranker;
  }

  /** What came of it. */
  public sealed interface Result {
    /** The record explains its order. */
    record Same(List<String> order) implements Result {}

    /**
     * The record does not lead to what it says.
     *
     * @param differences each with what the record says and what follows from its facts
     */
    record Different(List<String> differences) implements Result {}

    /** The record is of other rules or lacks facts. */
    record NotPossible(String reason) implements Result {}
  }

  /** Recomputes one record; never throws for any content. */
  public Result recompute(DecisionRecord record) {
    if (record.policyVersion() != NearnessRanker.POLICY_VERSION) {
      return new Result.NotPossible(
          "policyVersion is "
              + record.policyVersion()
              + " (expected: "
              + NearnessRanker.POLICY_VERSION
              + ")");
    }
    Instant at = record.decidedAt();
    if (at == null) {
      return new Result.NotPossible("decidedAt is absent");
    }
    Long bitsPerSecond = record.bitsPerSecond();
    if (bitsPerSecond == null) {
      return new Result.NotPossible("bitsPerSecond is absent");
    }
    if (record.maxNodes() < 1 || record.maxNodes() > NearnessRanker.MAX_NODES) {
      return new Result.NotPossible("maxNodes is " + record.maxNodes() + " (expected: 1 to 8)");
    }
    List<Candidate> candidates = new ArrayList<>();
    for (DecisionRecord.Candidate candidate : record.candidates()) {
      DecisionRecord.Facts facts = candidate.facts();
      if (facts == null
          || facts.tier() == null
          || facts.reservedBitsPerSecond() == null
          || facts.penalty() == null) {
        return new Result.NotPossible("facts of " + candidate.nodeId() + " are absent");
      }
      if (facts.tier() < 0 || facts.tier() > Candidate.MAX_TIER) {
        return new Result.NotPossible(
            "tier of "
                + candidate.nodeId()
                + " is "
                + facts.tier()
                + " (expected: 0 to "
                + Candidate.MAX_TIER
                + ")");
      }
      candidates.add(
          new Candidate(
              candidate.nodeId(),
              candidate.siteId(),
              facts.tier(),
              facts.health(),
              facts.holds(),
              facts.addressed(),
              facts.certificateNotAfter(),
              facts.egressCapacityBitsPerSecond(),
              facts.egressBitsPerSecond(),
              facts.reservedBitsPerSecond(),
              facts.penalty(),
              facts.kind() == null ? NodeKind.OWN : facts.kind()));
    }
    Play play =
        new Play(
            record.playbackId(),
            record.titleId() + "/" + record.packageVersion(),
            bitsPerSecond,
            record.manifestNodes());
    return compare(record, ranker.rank(play, record.maxNodes(), at, candidates));
  }

  private static Result compare(DecisionRecord record, SteeringDecision again) {
    List<String> differences = new ArrayList<>();
    List<DecisionRecord.Candidate> candidates = DecisionRecords.candidates(again);
    for (int i = 0; i < candidates.size(); i++) {
      if (!candidates.get(i).equals(record.candidates().get(i))) {
        differences.add(
            "candidate is "
                + record.candidates().get(i)
                + " (expected: "
                + candidates.get(i)
                + ")");
      }
    }
    List<String> order = DecisionRecords.order(again);
    if (!order.equals(record.order())) {
      differences.add("order is " + record.order() + " (expected: " + order + ")");
    }
    return differences.isEmpty() ? new Result.Same(order) : new Result.Different(differences);
  }
}
