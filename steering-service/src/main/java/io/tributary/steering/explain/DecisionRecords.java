package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeKind;
import io.tributary.steering.ranking.Assessment;
import io.tributary.steering.ranking.Assessment.Excluded;
import io.tributary.steering.ranking.Assessment.Qualified;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.SteeringDecision;
import io.tributary.steering.ranking.SteeringDecision.Exhausted;
import io.tributary.steering.ranking.SteeringDecision.NotPlaced;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a decision down. Pure. */
public final class DecisionRecords {
  private DecisionRecords() {}

  /** Every candidate with what became of it, by node id. */
  public static List<DecisionRecord.Candidate> candidates(SteeringDecision decision) {
    List<DecisionRecord.Candidate> candidates = new ArrayList<>(decision.assessments().size());
    for (Assessment assessment : decision.assessments()) {
      candidates.add(candidate(assessment));
    }
    return candidates;
  }

  /** The ids of the nodes named, best first. */
  public static List<String> order(SteeringDecision decision) {
    return switch (decision) {
      case Steered steered -> nodeIds(steered.order());
      case NotPlaced _, Exhausted _ -> List.of();
    };
  }

  private static List<String> nodeIds(List<Candidate> order) {
    List<String> nodeIds = new ArrayList<>(order.size());
    for (Candidate candidate : order) {
      nodeIds.add(candidate.nodeId());
    }
    return nodeIds;
  }

  /** The outcome's word in answers, records and metrics. */
  public static String outcome(SteeringDecision decision) {
    return switch (decision) {
      case Steered _ -> "steered";
      case NotPlaced _ -> "not-placed";
      case Exhausted _ -> "exhausted";
    };
  }

  private static DecisionRecord.Candidate candidate(Assessment assessment) {
    Candidate known = assessment.candidate();
    DecisionRecord.Facts facts =
        new DecisionRecord.Facts(
            known.health(),
            known.holds(),
            known.addressed(),
            known.certificateNotAfter(),
            known.egressCapacityBitsPerSecond(),
            known.egressBitsPerSecond(),
            known.tier(),
            known.reservedBitsPerSecond(),
            known.penalty(),
            known.kind() == NodeKind.OWN ? null : known.kind());
    return switch (assessment) {
      case Qualified qualified ->
          new DecisionRecord.Candidate(
              known.nodeId(), known.siteId(), null, new ScoreTerms(qualified), facts);
      case Excluded excluded ->
          new DecisionRecord.Candidate(
              known.nodeId(), known.siteId(), excluded.exclusion().word(), Map.of(), facts);
    };
  }
}
