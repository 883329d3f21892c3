package io.tributary.gateway.problem;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/**
 * What may be logged of a request. A manifest's path holds a play token: whoever reads it in a log
 * could play. Frameworks repeat paths in messages and in the checkpoints of their stack traces, so
 * the text is cleaned, not only the path.
 */
public final class Loggable {
  private static final Pattern MANIFEST =
      Pattern.compile("/manifests/[^\\s\"'\\])]*", Pattern.CASE_INSENSITIVE);

  private Loggable() {}

  /** A text without play tokens. */
  public static String text(String text) {
    return MANIFEST.matcher(text).replaceAll("/manifests/…");
  }

  /** An error with its causes and stack traces, without play tokens. */
  public static String trace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return text(trace.toString());
  }
}
