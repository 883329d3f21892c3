package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;

/** What came of a search for a decision's record. */
public sealed interface FoundDecision {
  /** Its record is kept. */
  record Kept(DecisionRecord record) implements FoundDecision {}

  /** There is none: it was sampled out, is older than what is kept, or the id is none. */
  record Nothing() implements FoundDecision {}

  /** Nobody can say: Kafka does not answer. */
  record Away(String reason) implements FoundDecision {}
}
