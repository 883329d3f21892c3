import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells what backends the integration tests of a build had: containers or processes, and why. Run by the last module in
 * the {@code verify} phase; each module's tests leave {@code target/backends} behind.
 */
public final class Backends {

  /** Prints the summary of the build that began at the given instant, of the repository in the current folder. */
  public static void main(String[] arguments) throws IOException {
    FileTime began = FileTime.from(Instant.parse(arguments[0]));
    List<Path> reports;
    try (Stream<Path> tree = Files.find(Path.of(""), 4, (path, file) ->
        file.isRegularFile() && path.endsWith("target/backends") && file.lastModifiedTime().compareTo(began) >= 0)) {
      reports = tree.sorted().toList();
    }
    if (reports.isEmpty()) {
      System.out.println("Backends: no integration test of this build needed one.");
      return;
    }
    System.out.println("Backends of this build's integration tests:");
    for (Path report : reports) {
      for (String line : Files.readAllLines(report)) {
        System.out.printf("  %-20s %s%n", report.getParent().getParent(), line);
      }
    }
  }

  private Backends() {}
}
