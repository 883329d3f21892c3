package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether rules are right and when they fire, asked of Prometheus' own tool: profile promtool. */
@Tag("promtool")
class PromtoolTest {
  private static final Path RULES = Path.of("components/monitoring/rules");
  private static final Path TESTS = Path.of("src/test/rules");

  @Test
  void prometheus_takes_the_rules() throws IOException {
    assertThat(promtool("check", files(RULES))).contains("SUCCESS");
  }

  @Test
  void every_alert_fires_when_its_test_says_so_and_not_before() throws IOException {
    assertThat(files(TESTS))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyElementsOf(
            files(RULES).stream().map(file -> file.getFileName().toString()).toList());
    assertThat(promtool("test", files(TESTS))).contains("SUCCESS");
  }

  private static String promtool(String verb, List<Path> files) {
    List<String> command = new ArrayList<>(List.of("promtool", verb, "rules"));
    files.forEach(file -> command.add(file.toString()));
    try {
      return NodeTools.output(Path.of("").toAbsolutePath(), Path.of("/dev/null"), command);
    } catch (UncheckedIOException e) {
      throw new AssertionError("no promtool found (Debian: apt-get install prometheus)", e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
