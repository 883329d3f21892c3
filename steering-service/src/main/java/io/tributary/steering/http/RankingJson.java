package io.tributary.steering.http;

import io.tributary.contracts.steering.Ranking;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes rankings, byte for byte as the mapper does with its settings as they are. Field by field:
 * each play asks for one, and to look up anew what a record has takes longer than to write it.
 * Immutable; safe for use by many threads.
 */
final class RankingJson {
  /** Of an answer with four nodes. */
  private static final int USUAL_BYTES = 512;

  private static final SerializableString DECISION_ID = new SerializedString("decisionId");
  private static final SerializableString SNAPSHOT_VERSION =
      new SerializedString("snapshotVersion");
  private static final SerializableString SNAPSHOT_AGE_MILLIS =
      new SerializedString("snapshotAgeMillis");
  private static final SerializableString NODES = new SerializedString("nodes");
  private static final SerializableString OUTCOME = new SerializedString("outcome");
  private static final SerializableString NODE_ID = new SerializedString("nodeId");
  private static final SerializableString SITE_ID = new SerializedString("siteId");
  private static final SerializableString BASE_URL = new SerializedString("baseUrl");
  private static final SerializableString KIND = new SerializedString("kind");

  private final JsonMapper json;

  RankingJson(JsonMapper json) {
    this.json = json;
  }

  byte[] bytes(Ranking ranking) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeName(DECISION_ID).writeString(ranking.decisionId());
      out.writeName(SNAPSHOT_VERSION).writeNumber(ranking.snapshotVersion());
      out.writeName(SNAPSHOT_AGE_MILLIS).writeNumber(ranking.snapshotAgeMillis());
      out.writeName(NODES).writeStartArray();
      for (Ranking.Node node : ranking.nodes()) {
        write(node, out);
      }
      out.writeEndArray();
      out.writeName(OUTCOME).writeString(ranking.outcome());
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(Ranking.Node node, JsonGenerator out) {
    out.writeStartObject();
    out.writeName(NODE_ID).writeString(node.nodeId());
    out.writeName(SITE_ID).writeString(node.siteId());
    out.writeName(BASE_URL).writeString(node.baseUrl());
    out.writeName(KIND);
    if (node.kind() == null) {
      out.writeNull();
    } else {
      out.writePOJO(node.kind());
    }
    out.writeEndObject();
  }
}
