package io.tributary.steering.location.source;

import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.SetAsideReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operator's lists: fields with commas between, none of which can hold a comma, so that
 * there is nothing to quote. Blank lines and those that begin with {@code #} are comments; a first
 * line with {@code site} among its fields is a header. For one thread a source.
 */
final class CsvLines {
  /** A prefix, a site and a number take 120. */
  private static final int MAX_LINE_BYTES = 1_024;

  private static final Pattern SITE_ID = Pattern.compile(PackageRef.ID_PATTERN);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private final int minFields;
  private final int maxFields;
  private final long maxBytes;

  CsvLines(int minFields, int maxFields, long maxBytes) {
    this.minFields = minFields;
    this.maxFields = maxFields;
    this.maxBytes = maxBytes;
  }

  /** What a line means. */
  interface Meaning {
    /**
     * Takes a line.
     *
     * @return why it does not count; null if it does
     * @throws IllegalArgumentException if it cannot be read
     */
    @Nullable SetAsideReason take(List<String> fields);
  }

  SourceReport read(String name, InputStream source, Meaning meaning) {
    SourceTally tally = new SourceTally(name);
    try {
      InputStream bytes = SourceBytes.open(source, maxBytes);
      byte[] line = new byte[MAX_LINE_BYTES];
      long number = 0;
      while (true) {
        int length = readLine(bytes, line);
        if (length < 0) {
          return tally.whole();
        }
        number++;
        if (length > MAX_LINE_BYTES) {
          tally.record();
          tally.setAside(SetAsideReason.TOO_LONG, "line", number, () -> text(line, MAX_LINE_BYTES));
        } else {
          take(text(line, length), number, tally, meaning);
        }
      }
    } catch (IOException e) {
      return tally.broken("cannot be read: " + e.getMessage());
    }
  }

  private void take(String line, long number, SourceTally tally, Meaning meaning) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    List<String> fields = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    if (tally.records() == 0 && isHeader(fields)) {
      return;
    }
    tally.record();
    if (fields.size() < minFields || fields.size() > maxFields) {
      String expected = " (expected: " + minFields + " to " + maxFields + " fields)";
      tally.setAside(SetAsideReason.MALFORMED, "line", number, () -> "line is " + line + expected);
      return;
    }
    try {
      tally.route(meaning.take(fields), "line", number, () -> line);
    } catch (IllegalArgumentException e) {
      tally.setAside(
          SetAsideReason.MALFORMED, "line", number, () -> String.valueOf(e.getMessage()));
    }
  }

  private static boolean isHeader(List<String> fields) {
    return fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).equals("site"));
  }

  /** The line's length, or one more than fits; −1 at the end. What does not fit is passed over. */
  private static int readLine(InputStream bytes, byte[] into) throws IOException {
    int length = 0;
    int next = bytes.read();
    if (next < 0) {
      return -1;
    }
    while (next >= 0 && next != '\n') {
      if (length < into.length) {
        into[length] = (byte) next;
      }
      length = Math.min(length + 1, into.length + 1);
      next = bytes.read();
    }
    return length;
  }

  private static String text(byte[] line, int length) {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  static String siteId(String text) {
    if (!SITE_ID.matcher(text).matches()) {
      throw new IllegalArgumentException("site is " + text + " (expected: " + SITE_ID + ")");
    }
    return text;
  }

  /** The field if it is there and not empty, else the default. */
  static int preference(List<String> fields, int index) {
    return index >= fields.size() || fields.get(index).isEmpty()
        ? RouteOrigin.DEFAULT_PREFERENCE
        : (int) number("preference", fields.get(index), 0, RouteOrigin.MAX_PREFERENCE);
  }

  static long number(String name, String text, long min, long max) {
    long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + text + " (expected: " + min + " to " + max + ")");
    }
    return value;
  }
}
