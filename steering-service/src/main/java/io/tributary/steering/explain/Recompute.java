package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.RendezvousRanker;
import io.tributary.steering.ranking.SteeringDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a decision again from nothing but its record, and compares: every candidate's exclusion,
 * every score term to its last bit, and the order. Pure; safe for use by many threads.
 */
public final class Recompute {
  private final RendezvousRanker ranker;

  /** Recomputes by this ranker's rules. */
  public Recompute(RendezvousRanker ranker) {
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
    if (record.policyVersion() != RendezvousRanker.POLICY_VERSION) {
      return new Result.NotPossible(
          "policyVersion is "
              + record.policyVersion()
              + " (expected: "
              + RendezvousRanker.POLICY_VERSION
              + ")");
    }
    Instant at = record.decidedAt();
    if (at == null) {
      return new Result.NotPossible("decidedAt is absent");
    }
    if (record.maxNodes() < 1 || record.maxNodes() > RendezvousRanker.MAX_NODES) {
      return new Result.NotPossible("maxNodes is " + record.maxNodes() + " (expected: 1 to 8)");
    }
    List<Candidate> candidates = new ArrayList<>();
    for (DecisionRecord.Candidate candidate : record.candidates()) {
      DecisionRecord.Facts facts = candidate.facts();
      if (facts == null) {
        return new Result.NotPossible("facts of " + candidate.nodeId() + " are absent");
      }
      candidates.add(
          new Candidate(
              candidate.nodeId(),
              candidate.siteId(),
              facts.health(),
              facts.holds(),
              facts.addressed(),
              facts.certificateNotAfter(),
              facts.egressCapacityBitsPerSecond(),
              facts.egressBitsPerSecond()));
    }
    return compare(record, ranker.rank(record.playbackId(), record.maxNodes(), at, candidates));
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
