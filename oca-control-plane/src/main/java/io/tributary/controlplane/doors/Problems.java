package io.tributary.controlplane.doors;

import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Renders refusals as problem+json (RFC 9457). Safe for use by many threads. */
public final class Problems {
  private final JsonMapper json;

  public Problems(JsonMapper json) {
    this.json = json;
  }

  /** The answer for a handler. */
  public static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail) {
    return ResponseEntity.status(type.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body(type, detail));
  }

  /** The answer from where there is no handler yet. */
  public void write(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(body(type, detail)));
  }

  /** Refuses for now: the caller is told when to come again. */
  void overloaded(HttpServletResponse response, Duration retryAfter, String detail)
      throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    write(response, ProblemType.OVERLOADED, detail);
  }

  private static ProblemDetail body(ProblemType type, String detail) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(type.status()), detail);
    problem.setType(type.uri());
    String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    problem.setTitle(Character.toUpperCase(words.charAt(0)) + words.substring(1));
    problem.setProperty("retryable", type.retryable());
    return problem;
  }
}
