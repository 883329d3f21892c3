package io.tributary.steering.ranking;

import java.util.List;

/**
 * The answer to "where should this play fetch from?". Every outcome a caller must handle is a case
 * here, so none of them is an exception, a null or an empty list.
 */
public sealed interface SteeringDecision {
  /** What became of every candidate, by node id. */
  List<Assessment> assessments();

  /**
   * Fetch from these nodes.
   *
   * @param order best first, at least one
   */
  record Steered(List<Candidate> order, List<Assessment> assessments) implements SteeringDecision {
    public Steered {
      order = List.copyOf(order);
      assessments = List.copyOf(assessments);
    }
  }

  /** No node holds the package: the control plane has to place it first. */
  record NotPlaced(List<Assessment> assessments) implements SteeringDecision {
    public NotPlaced {
      assessments = List.copyOf(assessments);
    }
  }

  /** Nodes hold the package, and none may be named now. */
  record Exhausted(List<Assessment> assessments) implements SteeringDecision {
    public Exhausted {
      assessments = List.copyOf(assessments);
    }
  }
}
