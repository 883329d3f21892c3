package io.tributary.controlplane.health;

import static io.tributary.controlplane.health.UnheardVerdicts.HEALTH_PATIENCE;
import static io.tributary.controlplane.health.UnheardVerdicts.REST_PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class UnheardVerdictsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final UnheardVerdicts unheard = new UnheardVerdicts();
  private final Map<String, NodeVerdict> topic = new HashMap<>();

  @Test
  void anotherHealthIsSaidAgainUntilTheTopicHasIt() {
    topic.put("a", verdict(NodeHealth.HEALTHY, 7, 80));
    NodeVerdict held = verdict(NodeHealth.UNHEALTHY, 7, 80);

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(), dueAt(HEALTH_PATIENCE, held));
    assertEquals(List.of(held), dueAt(HEALTH_PATIENCE.plus(MOMENT), held));
    assertEquals(List.of(), dueAt(HEALTH_PATIENCE.plus(MOMENT.multipliedBy(2)), held));
    assertEquals(List.of(held), dueAt(HEALTH_PATIENCE.multipliedBy(3), held));
    topic.put("a", held);
    assertEquals(List.of(), dueAt(HEALTH_PATIENCE.multipliedBy(9), held));
  }

  @Test
  void oneThatTheTopicNeverHadIsSaidAgain() {
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 7, 80);

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(held), dueAt(HEALTH_PATIENCE.plus(MOMENT), held));
  }

  /** Nothing newer comes of a node that fell silent: steering would have its old addresses on. */
  @Test
  void aLostLastVerdictOfTheSameHealthIsSaidAgain() {
    topic.put("a", verdict(NodeHealth.HEALTHY, 7, 80));
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 9, 81);

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(), dueAt(REST_PATIENCE, held));
    assertEquals(List.of(held), dueAt(REST_PATIENCE.plus(MOMENT), held));
  }

  @Test
  void anotherWordOnTheSameHeartbeatIsSaidAgain() {
    topic.put("a", verdict(NodeHealth.HEALTHY, 7, 80));
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 7, 81);

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(held), dueAt(REST_PATIENCE.plus(MOMENT), held));
  }

  /** Each of its verdicts is on its way for longer than the next one takes to come. */
  @Test
  void aNodeThatIsHeardIsNotSaidTwiceBecauseTheTopicIsLate() {
    topic.put("a", verdict(NodeHealth.HEALTHY, 0, 80));
    for (int second = 1; second < 60; second++) {
      NodeVerdict held = verdict(NodeHealth.HEALTHY, second / 2, 80);
      assertEquals(List.of(), dueAt(Duration.ofSeconds(second), held), "second " + second);
    }
  }

  /** The replica that judged it before has said that, and it came late. */
  @Test
  void anOlderVerdictDoesNotFollowANewerOne() {
    topic.put("a", verdict(NodeHealth.HEALTHY, 9, 80));
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 7, 80);

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(), dueAt(REST_PATIENCE.multipliedBy(2), held));
  }

  @Test
  void whatOthersSayIsForgotten() {
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 7, 80);
    assertEquals(List.of(), dueAt(Duration.ZERO, held));

    unheard.forget("a"::equals);

    assertEquals(List.of(), dueAt(HEALTH_PATIENCE.plus(MOMENT), held));
  }

  /** Else one that got there would look as if it had not, and be said for ever. */
  @Test
  void whatWasWrittenAndReadAgainIsTheSame() {
    JsonMapper json = JsonMapper.builder().build();
    NodeVerdict held = verdict(NodeHealth.HEALTHY, 7, 80);
    var event =
        new Event<>("id", START, NodeVerdict.TYPE, 1, "local", null, null, null, Cohort.REAL, held);
    topic.put(
        "a",
        json.readValue(json.writeValueAsBytes(event), new TypeReference<Event<NodeVerdict>>() {})
            .data());

    assertEquals(List.of(), dueAt(Duration.ZERO, held));
    assertEquals(List.of(), dueAt(REST_PATIENCE.multipliedBy(2), held));
  }

  private List<NodeVerdict> dueAt(Duration time, NodeVerdict held) {
    return unheard.due(List.of(held), id -> Optional.ofNullable(topic.get(id)), START.plus(time));
  }

  private static NodeVerdict verdict(NodeHealth health, long sequence, int port) {
    return new NodeVerdict(
        "a",
        "s1",
        health,
        "heard",
        START,
        1,
        sequence,
        List.of(new NodeEndpoint("http", "a.example", port)),
        new NodeCapacity(10, 20, 30),
        new NodeLoad(sequence, 2, 3, 4),
        5,
        6,
        START.plusSeconds(60),
        "normal",
        7L);
  }
}
