package io.tributary.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that somebody asks Prometheus for.
 *
 * @param name as in a scrape
 * @param service that must show it
 */
record NamedMetric(String name, String service) implements Comparable<NamedMetric> {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[0-9][0-9a-zA-Z.]*|[a-zA-Z_:][a-zA-Z0-9_:]*|\\S");

  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "bool", "offset", "atan2");

  /** What takes a list of labels in parentheses. */
  private static final Set<String> GROUPING =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  /**
   * Every metric that a PromQL expression selects. Each selector has to say of which services, by
   * {@code service="a"} or {@code service=~"a|b"}.
   */
  static Set<NamedMetric> in(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    tokens.add("");
    Set<NamedMetric> found = new TreeSet<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      String token = tokens.get(i);
      String next = tokens.get(i + 1);
      if (GROUPING.contains(token)) {
        if (next.equals("(")) {
          i = indexOf(tokens, ")", i);
        }
      } else if (token.matches("[a-zA-Z_:].*") && !OPERATORS.contains(token)) {
        boolean isFunction = next.equals("(") || next.equals("by") || next.equals("without");
        if (!isFunction) {
          if (!next.equals("{")) {
            throw new AssertionError(token + " names no service in " + expression);
          }
          int end = indexOf(tokens, "}", i);
          for (String service : services(tokens.subList(i + 2, end), expression)) {
            found.add(new NamedMetric(token, service));
          }
          i = end;
        }
      }
    }
    return found;
  }

  /** Of the labels between a selector's braces. */
  private static List<String> services(List<String> labels, String expression) {
    int at = labels.indexOf("service");
    if (at < 0 || !labels.get(at + 1).equals("=")) {
      throw new AssertionError("a selector names no service in " + expression);
    }
    String value = labels.get(at + 2).equals("~") ? labels.get(at + 3) : labels.get(at + 2);
    return List.of(value.substring(1, value.length() - 1).split("\\|"));
  }

  private static int indexOf(List<String> tokens, String token, int from) {
    int found = tokens.subList(from, tokens.size()).indexOf(token);
    if (found < 0) {
      throw new AssertionError("no " + token + " in " + String.join(" ", tokens));
    }
    return from + found;
  }

  @Override
  public int compareTo(NamedMetric other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return name + " " + service;
  }
}
