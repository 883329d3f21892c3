package io.tributary.steering.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExplainTest {
  @Test
  void givenAnAddress_whenCut_thenItNamesANetworkOfManyHouseholds() {
    assertEquals("192.0.2.0/24", ClientNetwork.of("192.0.2.77"));
    assertEquals("2001:db8:1:0:0:0:0:0/48", ClientNetwork.of("2001:db8:1:2:3:4:5:6"));
    assertEquals("fe80:0:0:0:0:0:0:0/48", ClientNetwork.of("fe80::1%eth0"));
    assertEquals("", ClientNetwork.of(""));
    assertThrows(IllegalArgumentException.class, () -> ClientNetwork.of("example.org"));
  }

  @Test
  void givenTwoReplicas_whenTheyNameDecisions_thenNoTwoAreTheSame() {
    RandomGenerator chance = new Random(1);
    DecisionIds one = new DecisionIds(chance);
    DecisionIds other = new DecisionIds(chance);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(one.next());
      ids.add(other.next());
    }
    assertThat(ids).hasSize(2_000).allMatch(id -> id.matches("d-[0-9a-z]{1,13}-[0-9a-z]+"));
  }

  @Test
  void givenMoreThanTheRate_whenRecordsCome_thenTheRestIsLeftOutUntilTimePasses() {
    RecordRate rate = new RecordRate(10);
    Instant now = Instant.parse("2026-03-01T12:00:00Z");

    assertEquals(10, passed(rate, now, 100));
    assertEquals(5, passed(rate, now.plusMillis(500), 100));
    assertEquals(10, passed(rate, now.plusSeconds(60), 100));
    assertEquals(0, passed(rate, now.plusSeconds(59), 100)); // a clock set back
  }

  private static int passed(RecordRate rate, Instant at, int records) {
    int passed = 0;
    for (int i = 0; i < records; i++) {
      passed += rate.passes(at) ? 1 : 0;
    }
    return passed;
  }
}
