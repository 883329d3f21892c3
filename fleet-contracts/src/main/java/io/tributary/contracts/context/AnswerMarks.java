package io.tributary.contracts.context;

/** The HTTP headers by which our services tell the edge about an answer. No client sees them. */
public final class AnswerMarks {
  /**
   * On a 503, with any value: nothing was done, because this replica's store is away and this
   * replica has not seen lately what was asked for. Another one may have.
   */
  public static final String NOT_KNOWN_HERE = "Tributary-Not-Known-Here";

  private AnswerMarks() {}
}
