package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with a route a line: {@code prefix,med,AS path}, of which the last two may be left out;
 * {@code #} begins a remark. A file with a bad line is refused whole, since nobody knows what it
 * was to say.
 */
final class CsvRouteFile implements RouteSpeaker {
  /** A prefix and a path of a thousand networks. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  private final Path file;
  private final int maxPrefixes;

  CsvRouteFile(Path file, int maxPrefixes) {
    this.file = file;
    this.maxPrefixes = maxPrefixes;
  }

  @Override
  public Reading look() {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, maxPrefixes);
    } catch (IOException e) {
      return new Reading.Away("the file of routes cannot be read: " + e.getClass().getSimpleName());
    }
  }

  static Reading read(InputStream in, int maxPrefixes) throws IOException {
    BoundedLines lines = new BoundedLines(in, MAX_LINE_BYTES);
    RouteList routes = new RouteList(maxPrefixes);
    int number = 0;
    for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
      number++;
      int remark = line.indexOf('#');
      String text = (remark < 0 ? line : line.substring(0, remark)).trim();
      if (!text.isEmpty()) {
        try {
          routes.add(route(text));
        } catch (IllegalArgumentException e) {
          return new Reading.Refused("line " + number + " of the file: " + e.getMessage());
        }
      }
      if (routes.isOverfull()) {
        break;
      }
    }
    return routes.reading();
  }

  private static Routes.Route route(String text) {
    String[] fields = text.split(",", -1);
    if (fields.length > 3) {
      throw new IllegalArgumentException(
          "it has " + fields.length + " fields (expected: prefix,med,AS path)");
    }
    String med = fields.length < 2 ? "" : fields[1].trim();
    return new Routes.Route(
        PrefixText.prefix(fields[0].trim()),
        PrefixText.path(fields.length < 3 ? "" : fields[2]),
        med.isEmpty() ? null : PrefixText.number("med", med));
  }

  @Override
  public void close() {}
}
