package io.tributary.client.playback;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.json.JsonException;
import io.tributary.client.json.JsonObject;
import io.tributary.client.json.JsonReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Translates a refusal (RFC 9457) into an error to act on. Its {@code type} decides; where that is
 * unknown or the body is no problem+json, the status does.
 *
 * <p>Pure.
 */
final class ProblemReader {
  private static final String PREFIX = "urn:tributary:problem:";
  private static final int MAX_DETAIL_LENGTH = 500;
  private static final Map<String, ErrorCode> BY_TYPE;

  static {
    Map<String, ErrorCode> types = new HashMap<>();
    types.put("malformed", ErrorCode.REFUSED);
    types.put("invalid", ErrorCode.REFUSED);
    types.put("unauthenticated", ErrorCode.NOT_SIGNED_IN);
    types.put("forbidden", ErrorCode.NOT_ENTITLED);
    types.put("unknown-account", ErrorCode.UNKNOWN_ACCOUNT);
    types.put("not-entitled", ErrorCode.NOT_ENTITLED);
    types.put("territory", ErrorCode.TERRITORY);
    types.put("play-limit", ErrorCode.PLAY_LIMIT);
    types.put("not-found", ErrorCode.UNKNOWN_TITLE);
    types.put("expired", ErrorCode.EXPIRED);
    types.put("not-placed", ErrorCode.NOT_PLACED);
    types.put("exhausted", ErrorCode.OVERLOADED);
    types.put("overloaded", ErrorCode.OVERLOADED);
    types.put("unavailable", ErrorCode.UNAVAILABLE);
    types.put("timeout", ErrorCode.UNAVAILABLE);
    types.put("internal", ErrorCode.UNAVAILABLE);
    BY_TYPE = Collections.unmodifiableMap(types);
  }

  private ProblemReader() {}

  static PlayError error(int status, byte[] body) {
    try {
      JsonObject problem = JsonReader.readObject(body);
      String type = problem.optionalText("type");
      ErrorCode code =
          type != null && type.startsWith(PREFIX)
              ? BY_TYPE.get(type.substring(PREFIX.length()))
              : null;
      if (code == null) {
        code = byStatus(status);
      }
      String detail = problem.optionalText("detail");
      String title = problem.optionalText("title");
      String words = detail != null ? detail : title != null ? title : "no detail";
      return new PlayError(
          code,
          "status " + status + ": " + shortened(words),
          code.whatToDo(),
          problem.truthOr("retryable", code.retryable()));
    } catch (JsonException noProblem) {
      return PlayError.of(byStatus(status), "status " + status + " without problem+json");
    }
  }

  private static ErrorCode byStatus(int status) {
    return switch (status) {
      case 401 -> ErrorCode.NOT_SIGNED_IN;
      case 403 -> ErrorCode.NOT_ENTITLED;
      case 404 -> ErrorCode.UNKNOWN_TITLE;
      case 410 -> ErrorCode.EXPIRED;
      case 429 -> ErrorCode.OVERLOADED;
      default -> {
        if (status >= 500) {
          yield ErrorCode.UNAVAILABLE;
        }
        yield status >= 400 ? ErrorCode.REFUSED : ErrorCode.BAD_ANSWER;
      }
    };
  }

  private static String shortened(String words) {
    return words.length() <= MAX_DETAIL_LENGTH
        ? words
        : words.substring(0, MAX_DETAIL_LENGTH) + "…";
  }
}
