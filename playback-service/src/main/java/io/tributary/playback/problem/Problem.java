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

  public Problem(ProblemType type, String detail) {
    // No stack trace: it is an answer, not a fault.
    super(detail, null, false, false);
    this.type = type;
  }

  public ProblemType type() {
    return type;
  }

  /** The client's words, cut and cleaned so that they may be answered and logged. */
  public static String quoted(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "...";
  }
}
