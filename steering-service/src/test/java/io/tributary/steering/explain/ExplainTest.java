package io.tributary.steering.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void givenTwoReplicas_whenTheyNameDecisions_thenNoTwoAreTheSame() {
    RandomGenerator chance = new Random(1);
    DecisionIds one = new DecisionIds(chance);
    DecisionIds other = new DecisionIds(chance);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(one.next(NOW));
      ids.add(other.next(NOW));
    }
    assertThat(ids)
        .hasSize(2_000)
        .allMatch(id -> id.matches("d-[0-9a-z]{1,9}-[0-9a-z]{1,13}-[0-9a-z]+"));
  }

  @Test
  void givenAnId_whenRead_thenItTellsWhenTheDecisionWasMade() {
    assertEquals(Optional.of(NOW), DecisionIds.madeAt(new DecisionIds(new Random(1)).next(NOW)));
    assertEquals(Optional.empty(), DecisionIds.madeAt("d-3f0c-1a"));
    assertEquals(Optional.empty(), DecisionIds.madeAt("nonsense"));
  }

  @Test
  void givenMoreThanTheRate_whenRecordsCome_thenTheRestIsLeftOutUntilTimePasses() {
    RecordRate rate = new RecordRate(10);

    assertEquals(10, passed(rate, NOW, 100));
    assertEquals(5, passed(rate, NOW.plusMillis(500), 100));
    assertEquals(10, passed(rate, NOW.plusSeconds(60), 100));
    assertEquals(0, passed(rate, NOW.plusSeconds(59), 100)); // a clock set back
  }

  private static int passed(RecordRate rate, Instant at, int records) {
    int passed = 0;
    for (int i = 0; i < records; i++) {
      passed += rate.passes(at) ? 1 : 0;
    }
    return passed;
  }
}
