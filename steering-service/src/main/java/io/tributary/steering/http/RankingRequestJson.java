package io.tributary.steering.http;

import io.tributary.contracts.steering.RankingRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads ranking requests. Those that are as the fleet's services write them are read field by
 * field, since each play asks; whatever else comes is the mapper's to read or to refuse. Immutable;
 * safe for use by many threads.
 */
final class RankingRequestJson {
  private final JsonMapper json;
  private final ObjectReader requests;

  RankingRequestJson(JsonMapper json) {
    this.json = json;
    this.requests = json.readerFor(RankingRequest.class);
  }

  /**
   * As the mapper reads it, null for a {@code null}.
   *
   * @throws JacksonException if it is no such request
   */
  @Nullable RankingRequest read(byte[] body) {
    RankingRequest plain = plain(body);
    return plain == null ? requests.<RankingRequest>readValue(body) : plain;
  }

  /** Null if a field is absent, unknown or of another kind than it should be. */
  private @Nullable RankingRequest plain(byte[] body) {
    String playbackId = null;
    String titleId = null;
    String packageVersion = null;
    String clientAddress = null;
    int maxNodes = 0;
    Long bitsPerSecond = null;
    List<String> manifestNodes = new ArrayList<>();
    try (JsonParser in = json.createParser(body)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        JsonToken value = in.nextToken();
        switch (name) {
          case "playbackId" -> playbackId = text(in);
          case "titleId" -> titleId = text(in);
          case "packageVersion" -> packageVersion = text(in);
          case "clientAddress" -> clientAddress = text(in);
          case "maxNodes" -> maxNodes = value == JsonToken.VALUE_NUMBER_INT ? in.getIntValue() : 0;
          case "bitsPerSecond" -> {
            if (value != JsonToken.VALUE_NUMBER_INT) {
              return null;
            }
            bitsPerSecond = in.getLongValue();
          }
          case "manifestNodes" -> {
            if (value != JsonToken.START_ARRAY) {
              return null;
            }
            while (in.nextToken() == JsonToken.VALUE_STRING) {
              manifestNodes.add(in.getString());
            }
            if (in.currentToken() != JsonToken.END_ARRAY) {
              return null;
            }
          }
          default -> {
            return null;
          }
        }
      }
      boolean isWhole = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
      return isWhole
              && playbackId != null
              && titleId != null
              && packageVersion != null
              && clientAddress != null
              && maxNodes != 0
          ? new RankingRequest(
              playbackId,
              titleId,
              packageVersion,
              clientAddress,
              maxNodes,
              bitsPerSecond,
              manifestNodes)
          : null;
    } catch (JacksonException e) {
      return null; // the mapper tells what is wrong
    }
  }

  private static @Nullable String text(JsonParser in) {
    return in.currentToken() == JsonToken.VALUE_STRING ? in.getString() : null;
  }
}
