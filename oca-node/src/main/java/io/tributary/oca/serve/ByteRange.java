package io.tributary.oca.serve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file are to be sent for a {@code Range} header, by RFC 9110, section 14.
 *
 * <p>Pure. One range is honoured. Several are answered with the whole file, as the RFC allows:
 * players do not ask so, and answering makes small requests cause large answers.
 */
sealed interface ByteRange {
  /** All of it, as if no range had been asked: status 200. */
  record Whole() implements ByteRange {}

  /** Status 206; both ends are sent. */
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /** Status 416: the range is well-formed and has no byte of the file. */
  record Unsatisfiable() implements ByteRange {}

  /** Longer numbers are larger than any file. */
  int MAX_DIGITS = 18;

  /** Longer headers are not one range. */
  int MAX_HEADER_CHARS = 256;

  /** Decides; never throws for any header. What is no valid range is ignored, as the RFC says. */
  static ByteRange of(@Nullable String header, long size) {
    if (header == null || header.length() > MAX_HEADER_CHARS) {
      return new Whole();
    }
    int equals = header.indexOf('=');
    if (equals < 0
        || !header.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("bytes")) {
      return new Whole();
    }
    String spec = header.substring(equals + 1).strip();
    int dash = spec.indexOf('-');
    if (dash < 0 || spec.indexOf(',') >= 0) {
      return new Whole();
    }
    String first = spec.substring(0, dash).strip();
    String last = spec.substring(dash + 1).strip();
    if (!isNumberOrEmpty(first) || !isNumberOrEmpty(last)) {
      return new Whole();
    }
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), size);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      return new Whole();
    }
    return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1));
  }

  private static ByteRange suffix(long length, long size) {
    return length == 0 || size == 0
        ? new Unsatisfiable()
        : new Part(Math.max(0, size - length), size - 1);
  }

  private static boolean isNumberOrEmpty(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.length() - start > MAX_DIGITS
        ? Long.MAX_VALUE
        : Long.parseLong(digits, start, digits.length(), 10);
  }
}
