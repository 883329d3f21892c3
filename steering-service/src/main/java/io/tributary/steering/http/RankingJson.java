package io.tributary.steering.http;

import io.tributary.contracts.steering.Ranking;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes rankings, byte for byte as the mapper does with its settings as they are. Field by field:
 * each play asks for one, and to look up anew what a record has takes longer than to write it.
 * Immutable; safe for use by many threads.
 */
final class RankingJson {
  /** Of an answer with four nodes. */
  private static final int USUAL_BYTES = 512;

  private final JsonMapper json;

  RankingJson(JsonMapper json) {
    this.json = json;
  }

  byte[] bytes(Ranking ranking) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringProperty("decisionId", ranking.decisionId());
      out.writeNumberProperty("snapshotVersion", ranking.snapshotVersion());
      out.writeNumberProperty("snapshotAgeMillis", ranking.snapshotAgeMillis());
      out.writeArrayPropertyStart("nodes");
      for (Ranking.Node node : ranking.nodes()) {
        write(node, out);
      }
      out.writeEndArray();
      out.writeStringProperty("outcome", ranking.outcome());
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(Ranking.Node node, JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("nodeId", node.nodeId());
    out.writeStringProperty("siteId", node.siteId());
    out.writeStringProperty("baseUrl", node.baseUrl());
    out.writeName("kind");
    if (node.kind() == null) {
      out.writeNull();
    } else {
      out.writePOJO(node.kind());
    }
    out.writeEndObject();
  }
}
