package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns what no handler answered into problem+json, instead of the framework's own page. */
public final class ProblemExceptionHandler implements WebExceptionHandler, Ordered {
  private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

  private final JsonMapper json;

  /** Writes bodies with {@code json}. */
  public ProblemExceptionHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int getOrder() {
    return -2; // before Boot's, which is -1
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(failure);
    }
    ProblemType type = type(failure);
    String detail =
        switch (type) {
          case NOT_FOUND -> "path is " + exchange.getRequest().getPath() + " (expected: another)";
          case BODY_TOO_LARGE ->
              "body is too large (expected: at most " + RankingHandler.MAX_BODY_BYTES + " bytes)";
          case INTERNAL -> "this is a bug; the service's log tells more";
          default -> String.valueOf(failure.getMessage());
        };
    if (type == ProblemType.INTERNAL) {
      // Not the path: a player's holds its rights.
      log.error("request=failed pattern={}", pattern(exchange), failure);
    }
    response.setRawStatusCode(type.status());
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    byte[] body = json.writeValueAsBytes(Problems.body(type, detail));
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static Object pattern(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(
        RouterFunctions.MATCHING_PATTERN_ATTRIBUTE, (Object) "none");
  }

  private static ProblemType type(Throwable failure) {
    if (failure instanceof DataBufferLimitException) {
      return ProblemType.BODY_TOO_LARGE;
    }
    if (failure instanceof ErrorResponse response) {
      HttpStatusCode status = response.getStatusCode();
      return switch (status.value()) {
        case 404 -> ProblemType.NOT_FOUND;
        case 405 -> ProblemType.METHOD_NOT_ALLOWED;
        case 413 -> ProblemType.BODY_TOO_LARGE;
        case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
        default -> status.is4xxClientError() ? ProblemType.MALFORMED : ProblemType.INTERNAL;
      };
    }
    return ProblemType.INTERNAL;
  }
}
