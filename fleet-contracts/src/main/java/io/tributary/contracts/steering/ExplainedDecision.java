package io.tributary.contracts.steering;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tributary.contracts.event.DecisionRecord;
import java.util.List;

/**
 * A decision, made again from its record: {@code GET /admin/v1/decisions/{decisionId}}.
 *
 * @param record all that it was made from
 * @param recomputed what came of making it again
 * @param differences each with what the record says and what follows from its facts, or why it
 *     could not be made again; empty if it is the same
 */
public record ExplainedDecision(
    DecisionRecord record, Recomputed recomputed, List<String> differences) {
  public ExplainedDecision {
    differences = differences == null ? List.of() : List.copyOf(differences);
  }

  /** What came of it. */
  public enum Recomputed {
    /** The order follows from the record. */
    @JsonProperty("same")
    SAME,
    /** It does not. */
    @JsonProperty("different")
    DIFFERENT,
    /** The record is of other rules, or lacks facts. */
    @JsonProperty("not-possible")
    NOT_POSSIBLE
  }
}
