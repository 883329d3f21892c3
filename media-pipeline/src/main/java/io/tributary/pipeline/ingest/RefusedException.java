package io.tributary.pipeline.ingest;

import io.tributary.contracts.api.ProblemType;

/** A refusal on its way from {@link IngestController} to {@link ProblemAnswers}. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /**
   * Refuses.
   *
   * @param detail names the field, its value and what was expected
   */
  RefusedException(ProblemType type, String detail) {
    // No stack trace: it is an answer, not a fault.
    super(detail, null, false, false);
    this.type = type;
  }

  ProblemType type() {
    return type;
  }
}
