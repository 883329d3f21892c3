package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.media.PackageRef;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FactReaderTest {
  private static final String VERDICTS = "tributary.node-verdicts";
  private static final String HOLDINGS = "tributary.node-holdings";

  private final FactReader reader = new FactReader(JsonMapper.builder().build());

  @Test
  void givenAVerdict_whenRead_thenNodeAndLoadAreApart() {
    assertEquals(
        new Fact.NodeJudged(
            new KnownNode(
                "n1",
                "s1",
                NodeHealth.HEALTHY,
                "heard",
                "http://127.0.0.1:21010",
                Instant.parse("2026-04-01T12:00:00Z")),
            new LoadBoard.Load(1_000_000_000, 5_000_000)),
        reader.read(VERDICTS, "n1", SnapshotFollowerTest.verdict("n1", "s1", "healthy")));
  }

  /** Its disk takes nothing new; what it holds it serves. */
  @Test
  void givenADegradedNode_whenRead_thenItMayBeNamedLikeAnyOther() {
    String ok = SnapshotFollowerTest.verdict("n1", "s1", "healthy");
    String degraded =
        ok.replace("\"contentVersion\":1", "\"contentVersion\":1,\"condition\":\"degraded\"");

    assertThat(degraded).isNotEqualTo(ok);
    assertEquals(reader.read(VERDICTS, "n1", ok), reader.read(VERDICTS, "n1", degraded));
  }

  @Test
  void givenNoValue_whenRead_thenTheKeysFactIsTakenBack() {
    assertEquals(new Fact.NodeGone("n1"), reader.read(VERDICTS, "n1", null));
    assertEquals(
        new Fact.Released("n1", new PackageRef("tears", "p1")),
        reader.read(HOLDINGS, "n1/tears/p1", null));
  }

  @Test
  void givenABadRecord_whenRead_thenTheReasonNamesWhatIsWrong() {
    String good = SnapshotFollowerTest.verdict("n1", "s1", "healthy");

    assertThat(reason(VERDICTS, null, good)).contains("key is absent");
    assertThat(reason(VERDICTS, "n2", good)).contains("nodeId is n1 (expected: the key)");
    assertThat(reason(VERDICTS, "n1", "{")).contains("value is no event");
    assertThat(reason(VERDICTS, "n1", "null")).contains("data is absent");
    assertThat(reason(VERDICTS, "n1", good.replace("\"healthy\"", "\"well\"")))
        .contains("value is no event");
    assertThat(reason(VERDICTS, "n1", good.replace("\"version\":1", "\"version\":2")))
        .contains("version is 2 (expected: at most 1)");
    assertThat(reason(VERDICTS, "n1", good.replace("node-verdict", "package-held")))
        .contains("type is package-held");
    assertThat(reason(VERDICTS, "n1", good.replace("127.0.0.1", "evil/?x=")))
        .contains("endpoint is ");
    assertThat(reason(HOLDINGS, "n1/../p1", SnapshotFollowerTest.held("n1", "tears", "p1")))
        .contains("titleId is ..");
    assertThat(reason(HOLDINGS, "n1/tears", null)).contains("key is n1/tears");
    assertThat(reason("tributary.plays", "n1", good)).contains("topic is tributary.plays");
  }

  /** Whatever a broken writer sends, the feed goes on. */
  @Test
  void givenAnyMutation_whenRead_thenNothingIsThrown() {
    String good = SnapshotFollowerTest.verdict("n1", "s1", "healthy");
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      StringBuilder bad = new StringBuilder(good);
      for (int i = 0; i <= random.nextInt(4) && !bad.isEmpty(); i++) {
        int at = random.nextInt(bad.length());
        switch (random.nextInt(3)) {
          case 0 -> bad.setCharAt(at, (char) random.nextInt(128));
          case 1 -> bad.deleteCharAt(at);
          default -> bad.setLength(Math.max(1, at));
        }
      }
      assertThat(reader.read(VERDICTS, "n1", bad.toString())).as("seed " + seed).isNotNull();
    }
  }

  private String reason(String topic, @Nullable String key, @Nullable String value) {
    return assertInstanceOf(Fact.Unreadable.class, reader.read(topic, key, value)).reason();
  }
}
