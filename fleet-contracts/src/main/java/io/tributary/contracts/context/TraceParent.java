package io.tributary.contracts.context;

import org.jspecify.annotations.Nullable;

/**
 * How {@link ContextHeaders#TRACE_PARENT} is read everywhere: {@code 00-<trace id>-<parent
 * id>-<flags>}, of 32, 16 and 2 lower-case hexadecimal digits.
 *
 * <p>Stateless; safe for use by many threads.
 */
public final class TraceParent {
  private static final String VERSION = "00-";
  private static final int TRACE_ID = VERSION.length();
  private static final int PARENT_ID = TRACE_ID + 33;
  private static final int FLAGS = PARENT_ID + 17;
  private static final int LENGTH = FLAGS + 2;

  private TraceParent() {}

  /**
   * The trace id of a header.
   *
   * @return null where there is no header or it is not well-formed, an id of zeros or another
   *     version among that: the edge lets none through, so whoever brings one is nobody to believe
   */
  public static @Nullable String traceId(@Nullable String header) {
    if (header == null
        || header.length() != LENGTH
        || !header.startsWith(VERSION)
        || header.charAt(PARENT_ID - 1) != '-'
        || header.charAt(FLAGS - 1) != '-'
        || !isId(header, TRACE_ID, PARENT_ID - 1)
        || !isId(header, PARENT_ID, FLAGS - 1)
        || !isHex(header, FLAGS, LENGTH)) {
      return null;
    }
    return header.substring(TRACE_ID, PARENT_ID - 1);
  }

  /** All zeros mean "none". */
  private static boolean isId(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return isHex(text, from, to);
      }
    }
    return false;
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }
}
