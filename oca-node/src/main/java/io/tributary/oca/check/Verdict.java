package io.tributary.oca.check;

import java.util.Locale;

/** How one thing looks; later ones are worse. */
public enum Verdict {
  /** As it should be. */
  OK,
  /** A node runs, but not as well or as long as it could. */
  WARNING,
  /** A node cannot do its work. */
  FAILED;

  /** In lower case, for programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people: a failure is seen among many lines. */
  String shown() {
    return this == FAILED ? name() : word();
  }
}
