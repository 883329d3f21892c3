package io.tributary.oca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The word as an operator, or a program, says it. */
class OcaNodeCheckIT {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aLineForEachFindingAndOneForAll() throws Exception {
    assertThat(check("--oca.store.max-bytes=1")).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .allMatch(line -> line.matches("(ok      |warning |FAILED  ) [a-z-]+ +.+|node node-7: .+"))
        .contains(
            "FAILED   settings         oca.store.max-bytes is 1 (expected: 1048576 or more);"
                + " from argument --oca.store.max-bytes; next: correct it: a node does not start"
                + " so");
    assertThat(lines.getLast()).matches("node node-7: \\d+ ok, \\d+ warnings, \\d+ failed");
  }

  @Test
  void oneObjectForPrograms() throws Exception {
    assertThat(check("--json")).isEqualTo(1);

    JsonNode report = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(report.get("nodeId").asString()).isEqualTo("node-7");
    assertThat(report.get("verdict").asString()).isEqualTo("failed");
    assertThat(report.get("checks").findValuesAsString("check"))
        .contains("settings", "authority", "certificate", "egress", "clock", "disk", "disk-speed");
    assertThat(report.get("checks").findValuesAsString("verdict"))
        .containsOnly("ok", "warning", "failed");
    assertThat(report.get("checks").findValuesAsString("found")).doesNotContain("");
  }

  @Test
  void helpForPeopleAndARefusalForWhatIsNotUnderstood() throws Exception {
    assertThat(check("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: oca-node check");
    assertThat(check("--jsno")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("oca-node check: --jsno (expected: --json, --help or --NAME=VALUE)\n");
  }

  private int check(String... arguments) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--help")) {
      all.add("--oca.state-directory=" + directory);
      all.add("--oca.node-id=node-7");
    }
    return OcaNodeCheck.run(
        all,
        Map.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
