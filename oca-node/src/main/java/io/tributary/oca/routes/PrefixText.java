package io.tributary.oca.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a route. Only their form is looked at: whether a prefix may count is the control
 * plane's to say, so that its reason is where the ISP can read it. Pure.
 */
final class PrefixText {
  /** What stands in an AS path for a set of networks, whose order nobody knows. */
  static final long SET = 0;

  private static final long MAX_32_BITS = 0xFFFF_FFFFL;

  /** Longer than any path that a router takes; it ends a path that is not one. */
  private static final int MAX_PATH = 1_000;

  private static final Pattern V4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.:]{2,45}/[0-9]{1,3}");

  private PrefixText() {}

  /**
   * The prefix.
   *
   * @throws IllegalArgumentException if it has not the form of one
   */
  static String prefix(String text) {
    boolean isPrefix =
        V4.matcher(text).matches() || (text.indexOf(':') >= 0 && V6.matcher(text).matches());
    if (!isPrefix) {
      throw new IllegalArgumentException("prefix is " + cut(text) + " (expected: CIDR notation)");
    }
    return text;
  }

  /**
   * A number of 32 bits.
   *
   * @throws IllegalArgumentException if it is none; names the field
   */
  static long number(String field, String text) {
    boolean isShort = !text.isEmpty() && text.length() <= 10;
    if (isShort && text.chars().allMatch(each -> each >= '0' && each <= '9')) {
      long number = Long.parseLong(text);
      if (number <= MAX_32_BITS) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        field + " is " + cut(text) + " (expected: 0 to " + MAX_32_BITS + ")");
  }

  /**
   * An AS path as people and BIRD write it: numbers with blanks between, sets in braces.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<Long> path(String text) {
    List<Long> path = new ArrayList<>();
    boolean isInSet = false;
    for (String word : text.replace("{", " { ").replace("}", " } ").trim().split("\\s+", -1)) {
      if (word.equals("{")) {
        isInSet = true;
        path.add(SET);
      } else if (word.equals("}")) {
        isInSet = false;
      } else if (!isInSet && !word.isEmpty()) {
        path.add(number("AS path", word.replaceAll("^\\(|\\)$", "")));
      }
      if (path.size() > MAX_PATH) {
        throw new IllegalArgumentException(
            "AS path has more than " + MAX_PATH + " networks (expected: fewer)");
      }
    }
    return path;
  }

  /** So much of a stranger's text as fits a reason, in one line. */
  static String cut(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return start.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\"]", " ");
  }
}
