package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import java.io.Serial;

/**
 * A refusal on its way to the client. Thrown at the HTTP edge only, after a decision was made. Its
 * message is the problem's {@code detail}: it names the field, its value and what was expected.
 */
public final class Problem extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final boolean mayBeKnownElsewhere;

  public Problem(ProblemType type, String detail) {
    this(type, detail, false);
  }

  private Problem(ProblemType type, String detail, boolean mayBeKnownElsewhere) {
    // No stack trace: it is an answer, not a fault.
    super(detail, null, false, false);
    this.type = type;
    this.mayBeKnownElsewhere = mayBeKnownElsewhere;
  }

  /** The store is away and this replica has not seen lately what was asked for. */
  public static Problem notKnownHere(String what) {
    return new Problem(
        ProblemType.UNAVAILABLE,
        what + " cannot be asked for now (expected: retry in some seconds)",
        true);
  }

  public ProblemType type() {
    return type;
  }

  /** Whether nothing was done and another replica may have seen what was asked for. */
  boolean mayBeKnownElsewhere() {
    return mayBeKnownElsewhere;
  }

  /** The client's words, cut and cleaned so that they may be answered and logged. */
  public static String quoted(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "...";
  }
}
