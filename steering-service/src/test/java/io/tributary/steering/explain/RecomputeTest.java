package io.tributary.steering.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.Play;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.ranking.SteeringDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RecomputeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final NearnessRanker ranker = new NearnessRanker(RankingPolicy.DEFAULTS);
  private final Recompute recompute = new Recompute(ranker);

  /** Another process has only the bytes. */
  @Test
  void givenARecordThatWentThroughJson_whenRecomputed_thenTheOrderIsTheSame() {
    for (int play = 0; play < 200; play++) {
      DecisionRecord record = record("play-" + play);
      DecisionRecord read = JSON.readValue(JSON.writeValueAsBytes(record), DecisionRecord.class);

      assertEquals(new Recompute.Result.Same(record.order()), recompute.recompute(read));
    }
  }

  @Test
  void givenARecordOfOtherRules_whenRecomputed_thenNotPossible() {
    DecisionRecord other = mutate(record("play-1"), json -> json.put("policyVersion", 1));

    assertInstanceOf(Recompute.Result.NotPossible.class, recompute.recompute(other));
  }

  @Test
  void givenARecordWithoutFacts_whenRecomputed_thenNotPossible() {
    DecisionRecord other =
        mutate(
            record("play-1"),
            json -> {
              ((ObjectNode) json.path("candidates").path(0)).remove("facts");
              return json;
            });

    assertInstanceOf(Recompute.Result.NotPossible.class, recompute.recompute(other));
  }

  @Test
  void givenAnotherOrder_whenRecomputed_thenBothOrdersAreTold() {
    DecisionRecord record = record("play-1");
    DecisionRecord other =
        mutate(
            record,
            json -> {
              ArrayNode order = (ArrayNode) json.path("order");
              order.add(order.remove(0));
              return json;
            });

    Recompute.Result.Different result =
        assertInstanceOf(Recompute.Result.Different.class, recompute.recompute(other));
    assertThat(result.differences().getLast())
        .isEqualTo("order is " + other.order() + " (expected: " + record.order() + ")");
  }

  @Test
  void givenAPlayThatRuns_whenRecomputed_thenItsManifestsOrderFollows() {
    DecisionRecord record = record("play-1", List.of("n3", "n2", "n0"));

    assertEquals(new Recompute.Result.Same(List.of("n2", "n0")), recompute.recompute(record));
    DecisionRecord other =
        mutate(
            record,
            json -> {
              ((ArrayNode) json.path("manifestNodes")).remove(2);
              return json;
            });
    assertInstanceOf(Recompute.Result.Different.class, recompute.recompute(other));
  }

  /**
   * Every value that the order follows from, changed alone: the record must no longer explain
   * itself. What the order does not follow from is named here, so that a new field is decided on.
   */
  @Test
  void givenAnyOneMutation_whenRecomputed_thenItIsNoticed() {
    DecisionRecord record = record("play-1");
    JsonNode json = JSON.valueToTree(record);
    List<String> unnoticed = new ArrayList<>();
    int mutations = 0;
    for (String pointer : leaves("", json)) {
      DecisionRecord other =
          mutate(
              record,
              root -> {
                change(root, pointer);
                return root;
              });
      assertNotEquals(record, other, pointer);
      mutations++;
      if (recompute.recompute(other) instanceof Recompute.Result.Same) {
        unnoticed.add(pointer);
      }
    }
    assertThat(mutations).isGreaterThan(60);
    assertThat(unnoticed)
        .allMatch(pointer ->
            pointer.matches(
                "/(decisionId|clientAddress|snapshotVersion|snapshotAgeMillis|decidedAt"
                    + "|location/\\d)"
                    // Facts that cannot matter: a draining node's load, say.
                    + "|/candidates/\\d/facts/(certificateNotAfter|holds|addressed"
                    + "|egressBitsPerSecond|egressCapacityBitsPerSecond|tier"
                    + "|reservedBitsPerSecond|penalty)"
                    // Another name for an excluded node, or for a site whose turn stays the same.
                    + "|/candidates/[3456]/nodeId|/candidates/\\d/siteId"));
    // Of nodes that qualified, load and capacity always matter.
    assertThat(unnoticed)
        .noneMatch(pointer -> pointer.matches("/candidates/[012]/facts/(egress|reserved).*"))
        .noneMatch(pointer -> pointer.matches("/candidates/[012]/facts/(tier|penalty)"))
        .noneMatch(pointer -> pointer.matches("/candidates/[012]/facts/(holds|addressed)"));
  }

  @Test
  void givenAnExternalCdnThatIsNeeded_whenAnyOfItsFactsChanges_thenItIsNoticed() {
    DecisionRecord record = overflow();
    assertEquals(List.of("cdn", "n0"), record.order());
    assertEquals(new Recompute.Result.Same(record.order()), recompute.recompute(record));

    for (String fact :
        List.of("kind", "holds", "egressCapacityBitsPerSecond", "reservedBitsPerSecond")) {
      DecisionRecord other =
          mutate(
              record,
              root -> {
                change(root, "/candidates/0/facts/" + fact);
                return root;
              });
      assertInstanceOf(Recompute.Result.Different.class, recompute.recompute(other), fact);
    }
  }

  /** A record that does not say whose a node is has only the fleet's own. */
  @Test
  void givenAnOwnNode_whenItIsCalledExternal_thenItIsNoticed() {
    DecisionRecord record = record("play-1");
    for (int qualified = 0; qualified < 3; qualified++) {
      String pointer = "/candidates/" + qualified + "/facts";
      DecisionRecord other =
          mutate(
              record,
              root -> {
                ((ObjectNode) root.at(pointer)).put("kind", "external");
                return root;
              });
      assertInstanceOf(Recompute.Result.Different.class, recompute.recompute(other), pointer);
    }
  }

  private static List<String> leaves(String pointer, JsonNode node) {
    List<String> leaves = new ArrayList<>();
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        leaves.addAll(leaves(pointer + "/" + field.getKey(), field.getValue()));
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves.addAll(leaves(pointer + "/" + i, node.get(i)));
      }
    } else if (!node.isNull()) {
      leaves.add(pointer);
    }
    return leaves;
  }

  private static void change(ObjectNode root, String pointer) {
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = root.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    JsonNode now = root.at(pointer);
    JsonNode next =
        switch (now.getNodeType()) {
          case NUMBER ->
              now.isIntegralNumber()
                  ? JSON.valueToTree(name.equals("maxNodes") ? 2 : now.asLong() + 1_000_000)
                  : JSON.valueToTree(Math.nextUp(now.asDouble()));
          case BOOLEAN -> JSON.valueToTree(!now.asBoolean());
          case STRING -> JSON.valueToTree(otherText(name, now.asString()));
          default -> throw new IllegalStateException(pointer);
        };
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), next);
    } else {
      ((ObjectNode) parent).set(name, next);
    }
  }

  private static String otherText(String name, String text) {
    return switch (name) {
      case "health" -> text.equals("healthy") ? "draining" : "healthy";
      case "kind" -> "own";
      case "certificateNotAfter" -> NOW.minusSeconds(7).toString();
      case "decidedAt" -> NOW.plusSeconds(7).toString();
      default -> text + "x";
    };
  }

  private static DecisionRecord mutate(DecisionRecord record, UnaryOperator<ObjectNode> change) {
    return JSON.treeToValue(change.apply(JSON.valueToTree(record)), DecisionRecord.class);
  }

  private DecisionRecord record(String playbackId) {
    return record(playbackId, List.of());
  }

  private DecisionRecord record(String playbackId, List<String> manifestNodes) {
    Instant later = NOW.plusSeconds(3600);
    SteeringDecision decision =
        ranker.rank(
            new Play(playbackId, "tears/p1", 5_000_000, manifestNodes),
            3,
            NOW,
            List.of(
                node("n0", "s0", NodeHealth.HEALTHY, true, later),
                node("n1", "s0", NodeHealth.HEALTHY, true, later),
                node("n2", "s1", NodeHealth.HEALTHY, true, later),
                node("n3", "s1", NodeHealth.DRAINING, true, later),
                node("n4", "s1", NodeHealth.HEALTHY, false, later),
                node("n5", "s1", NodeHealth.HEALTHY, true, NOW),
                Candidate.external("n6", true, 1_000_000_000, 5_000_000)));
    return record(playbackId, manifestNodes, decision);
  }

  /** No own node has room. */
  private DecisionRecord overflow() {
    SteeringDecision decision =
        ranker.rank(
            new Play("play-1", "tears/p1", 5_000_000),
            3,
            NOW,
            List.of(
                new Candidate(
                    "n0",
                    "s0",
                    0,
                    NodeHealth.HEALTHY,
                    true,
                    true,
                    NOW.plusSeconds(3600),
                    1_000_000_000,
                    990_000_000,
                    0,
                    0),
                Candidate.external("cdn", true, 1_000_000_000, 5_000_000)));
    return record("play-1", List.of(), decision);
  }

  private static DecisionRecord record(
      String playbackId, List<String> manifestNodes, SteeringDecision decision) {
    return new DecisionRecord(
        "d-1",
        NearnessRanker.POLICY_VERSION,
        playbackId,
        "tears",
        "p1",
        "192.0.2.0/24",
        7,
        250,
        3,
        DecisionRecords.candidates(decision),
        DecisionRecords.order(decision),
        5_000_000L,
        List.of("client 192.0.2.7"),
        NOW,
        manifestNodes);
  }

  private static Candidate node(
      String nodeId, String siteId, NodeHealth health, boolean holds, Instant notAfter) {
    return new Candidate(
        nodeId,
        siteId,
        siteId.equals("s0") ? 0 : 1,
        health,
        holds,
        true,
        notAfter,
        1_000_000_000,
        123_456_789,
        5_000_000,
        0.25);
  }
}
