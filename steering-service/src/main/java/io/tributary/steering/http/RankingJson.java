package io.tributary.steering.http;

import io.tributary.contracts.steering.Ranking;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes rankings, byte for byte as the mapper does with its settings as they are. Each play asks
 * for one, and what is said of a node stays the same for days: the mapper writes that once, and the
 * rest is put around it. Safe for use by many threads.
 */
final class RankingJson {
  /** Of an answer with four nodes. */
  private static final int USUAL_CHARACTERS = 512;

  /**
   * Beyond any fleet; an entry has a few hundred bytes, and nodes that move leave theirs behind.
   */
  private static final int MAX_NODES = 65_536;

  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

  private final JsonMapper json;
  private final Map<Ranking.Node, String> nodes = new ConcurrentHashMap<>();

  RankingJson(JsonMapper json) {
    this.json = json;
  }

  byte[] bytes(Ranking ranking) {
    StringBuilder out = new StringBuilder(USUAL_CHARACTERS);
    STRINGS.quoteAsString(ranking.decisionId(), out.append("{\"decisionId\":\""));
    out.append("\",\"snapshotVersion\":").append(ranking.snapshotVersion());
    out.append(",\"snapshotAgeMillis\":").append(ranking.snapshotAgeMillis());
    out.append(",\"nodes\":[");
    String between = "";
    for (Ranking.Node node : ranking.nodes()) {
      out.append(between).append(json(node));
      between = ",";
    }
    STRINGS.quoteAsString(ranking.outcome(), out.append("],\"outcome\":\""));
    return out.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private String json(Ranking.Node node) {
    String known = nodes.get(node);
    if (known == null) {
      known = json.writeValueAsString(node);
      if (nodes.size() >= MAX_NODES) {
        nodes.clear();
      }
      nodes.put(node, known);
    }
    return known;
  }
}
