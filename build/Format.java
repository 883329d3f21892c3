import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code check}) or rewrites ({@code fix}) every Java source of the repository with google-java-format. Run by
 * the root POM in the {@code validate} phase; {@code ./tributary fmt} runs it with {@code fix}.
 */
public final class Format {

  private static final List<String> SKIPPED = List.of("target", "node_modules", ".git", ".tributary");

  public static void main(String[] arguments) throws IOException {
    boolean fix = arguments.length == 1 && arguments[0].equals("fix");
    if (!fix && !(arguments.length == 1 && arguments[0].equals("check"))) {
      System.err.println("format.mode is " + String.join(" ", arguments) + " (expected: check or fix)");
      System.exit(2);
    }
    List<Path> sources;
    try (Stream<Path> tree = Files.walk(Path.of(""))) {
      sources = tree.filter(Format::isOurs).sorted().toList();
    }
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<String> wrong = new ArrayList<>();
    sources.parallelStream().forEach(source -> {
      try {
        String before = Files.readString(source);
        String tidy = ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.GOOGLE);
        String after = formatter.formatSource(tidy);
        if (!after.equals(before)) {
          if (fix) {
            Files.writeString(source, after);
          }
          synchronized (wrong) {
            wrong.add(source.toString());
          }
        }
      } catch (IOException | FormatterException e) {
        synchronized (wrong) {
          wrong.add(source + ": " + e.getMessage());
        }
      }
    });
    wrong.stream().sorted().forEach(name -> System.out.println((fix ? "formatted " : "not formatted: ") + name));
    if (!fix && !wrong.isEmpty()) {
      System.err.println(wrong.size() + " files are not formatted. Run: ./tributary fmt");
      System.exit(1);
    }
  }

  private static boolean isOurs(Path path) {
    return path.toString().endsWith(".java")
        && path.toString().contains("src")
        && Stream.of(path.toString().split("/")).noneMatch(SKIPPED::contains);
  }
}
