package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads BIRD's answer to {@link #QUESTION}: lines that begin with a code of four digits and a minus
 * sign, or with a blank and belong to the code before; the last one has a blank after its code.
 * Without that one the answer is not whole. For one thread.
 */
final class BirdAnswer {
  /** The best route of each prefix, of those that came by BGP. */
  static final String QUESTION = "show route all primary where source = RTS_BGP";

  private static final int CODE = 5;

  /** {@code 198.51.100.0/24 unicast [isp 04:26:10 …}; tables have prefixes of other kinds, too. */
  private static final Pattern ROUTE = Pattern.compile("(\\S+/\\d+)\\s+[a-z]+ \\[.*");

  private static final Pattern ATTRIBUTE = Pattern.compile("\\s+BGP\\.(as_path|med):(?:\\s+(.*))?");

  private final RouteList routes;
  private @Nullable String prefix;
  private List<Long> path = List.of();
  private @Nullable Long med;

  private BirdAnswer(int maxPrefixes) {
    this.routes = new RouteList(maxPrefixes);
  }

  /**
   * Reads to the answer's end, or to where it is known to be too long.
   *
   * @throws IOException if it ends before
   */
  static Reading read(BoundedLines lines, int maxPrefixes) throws IOException {
    BirdAnswer answer = new BirdAnswer(maxPrefixes);
    try {
      return answer.read(lines);
    } catch (IllegalArgumentException e) {
      return new Reading.Refused("BIRD's answer: " + e.getMessage());
    }
  }

  private Reading read(BoundedLines lines) throws IOException {
    while (!routes.isOverfull()) {
      String line = lines.next();
      if (line == null) {
        throw new IOException("BIRD's answer ends before its end");
      }
      if (isLast(line)) {
        if (line.charAt(0) != '0') {
          return new Reading.Refused("BIRD answers: " + PrefixText.cut(line));
        }
        finish();
        return routes.reading();
      }
      take(
          line.startsWith(" ") ? line.substring(1) : line.substring(Math.min(CODE, line.length())));
    }
    return routes.reading();
  }

  /** The end, unless it is an answer to something else: a greeting, or that it takes no orders. */
  private static boolean isLast(String line) {
    return line.length() >= CODE
        && line.charAt(CODE - 1) == ' '
        && line.substring(0, CODE - 1).chars().allMatch(each -> each >= '0' && each <= '9')
        && !line.startsWith("0001")
        && !line.startsWith("0016");
  }

  private void take(String text) {
    Matcher route = ROUTE.matcher(text);
    if (route.matches()) {
      finish();
      prefix = PrefixText.prefix(route.group(1));
      return;
    }
    Matcher attribute = ATTRIBUTE.matcher(text);
    if (attribute.matches()) {
      String value = attribute.group(2) == null ? "" : attribute.group(2).trim();
      if ("med".equals(attribute.group(1))) {
        med = PrefixText.number("MED", value);
      } else {
        path = PrefixText.path(value);
      }
    }
  }

  private void finish() {
    if (prefix != null) {
      routes.add(new Routes.Route(prefix, path, med));
    }
    prefix = null;
    path = List.of();
    med = null;
  }
}
