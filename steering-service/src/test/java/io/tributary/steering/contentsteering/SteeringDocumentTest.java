package io.tributary.steering.contentsteering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SteeringDocumentTest {
  private static final FaceConfig CONFIG =
      new FaceConfig(
          "127.0.0.1", 0, Path.of("keys"), Duration.ofSeconds(10), Duration.ofSeconds(100));

  @Test
  void givenItsManifestsOrder_whenSaid_thenItIsCalmAndEveryNameIsAPathways() {
    SteeringDocument said =
        SteeringDocument.of(play("play-1"), ranking("a", "b", "c"), true, CONFIG);

    assertEquals(List.of("path-a", "path-b", "path-c"), said.pathwayPriority());
    assertThat(said.ttlSeconds()).isBetween(75L, 125L);
  }

  @Test
  void givenAnotherOrder_whenSaid_thenThePlayerComesBackSooner() {
    SteeringDocument said = SteeringDocument.of(play("play-1"), ranking("b", "c"), false, CONFIG);

    assertEquals(List.of("path-b", "path-c"), said.pathwayPriority());
    assertThat(said.ttlSeconds()).isBetween(7L, 13L);
  }

  @Test
  void givenManyPlays_whenSaid_thenTheirTimesAreSpreadAndEachKeepsItsOwn() {
    Map<Long, Integer> plays = new LinkedHashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      PlayState play = play("play-" + random.nextLong());
      long ttl = SteeringDocument.of(play, ranking("a", "b", "c"), true, CONFIG).ttlSeconds();
      assertEquals(
          ttl, SteeringDocument.of(play, ranking("a", "b", "c"), true, CONFIG).ttlSeconds());
      plays.merge(ttl, 1, Integer::sum);
    }

    assertThat(plays.keySet()).allMatch(ttl -> ttl >= 75 && ttl <= 125).hasSizeGreaterThan(45);
    assertThat(plays.values()).allMatch(count -> count < 5_000 / 25);
  }

  @Test
  void givenADocument_whenWritten_thenItsWordsAreTheStandards() {
    String json =
        JsonMapper.builder()
            .build()
            .writeValueAsString(new SteeringDocument(1, 10, List.of("B", "A")));

    assertEquals("{\"VERSION\":1,\"TTL\":10,\"PATHWAY-PRIORITY\":[\"B\",\"A\"]}", json);
  }

  private static PlayState play(String playbackId) {
    Map<String, String> pathways = new LinkedHashMap<>();
    List.of("a", "b", "c").forEach(node -> pathways.put(node, "path-" + node));
    return new PlayState(playbackId, new PackageRef("tears", "p1"), Optional.empty(), pathways);
  }

  private static Ranking ranking(String... nodes) {
    return new Ranking(
        "d-1",
        1,
        0,
        Arrays.stream(nodes).map(node -> new Ranking.Node(node, "s", "http://" + node)).toList(),
        "steered");
  }
}
