package io.tributary.oca.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a check.
 *
 * @param check what was looked at: {@code dns}, {@code clock}, …
 * @param verdict see there
 * @param found with its unit
 * @param expected null where there is nothing to compare with
 * @param next what to do; null when there is nothing to do
 */
public record Finding(
    String check, Verdict verdict, String found, @Nullable String expected, @Nullable String next) {

  static Finding ok(String check, String found) {
    return new Finding(check, Verdict.OK, found, null, null);
  }

  static Finding ok(String check, String found, String expected) {
    return new Finding(check, Verdict.OK, found, expected, null);
  }

  static Finding warning(String check, String found, String expected, String next) {
    return new Finding(check, Verdict.WARNING, found, expected, next);
  }

  static Finding failed(String check, String found, String expected, String next) {
    return new Finding(check, Verdict.FAILED, found, expected, next);
  }

  /** As people read it. */
  public String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(Locale.ROOT, "%-8s %-16s %s", verdict.shown(), check, found));
    if (expected != null) {
      line.append(" (expected: ").append(expected).append(')');
    }
    if (next != null) {
      line.append("; next: ").append(next);
    }
    // What others say (a door's answer, an exception) may have line ends.
    return line.toString().replaceAll("\\R", " ");
  }
}
