package io.tributary.controlplane.doors;

import io.tributary.contracts.api.ProblemType;

/** A request that is answered with a problem; thrown by handlers, never by decisions. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /**
   * Refuses.
   *
   * @param detail names the field, its value and what was expected
   */
  public RefusedException(ProblemType type, String detail) {
    super(detail);
    this.type = type;
  }

  /** What is wrong. */
  public ProblemType type() {
    return type;
  }
}
