package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Refusals as problem+json bodies (RFC 9457). */
final class Problems {
  private Problems() {}

  /**
   * A body.
   *
   * @param detail names the field, its value and what was expected
   */
  static Map<String, Object> body(ProblemType type, String detail) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type.uri().toString());
    body.put("title", title(type));
    body.put("status", type.status());
    body.put("detail", detail);
    body.put("retryable", type.retryable());
    return body;
  }

  /** A whole answer of a functional endpoint. */
  static Mono<ServerResponse> answer(ProblemType type, String detail) {
    return ServerResponse.status(type.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyValue(body(type, detail));
  }

  /** Of who may not ask. */
  static Mono<ServerResponse> refused(ProblemType type, String detail, String challenge) {
    return ServerResponse.status(type.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .cacheControl(CacheControl.noStore())
        .bodyValue(body(type, detail));
  }

  /** Of every face, before the first snapshot. */
  static Mono<ServerResponse> nothingKnown() {
    return answer(
        ProblemType.UNAVAILABLE,
        "nothing is known of the fleet yet (expected: a saved snapshot, or Kafka to be there)");
  }

  private static String title(ProblemType type) {
    String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
