package io.tributary.gateway.problem;

import io.tributary.contracts.api.ProblemType;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every error of a door as problem+json; the last one who may. An answer that has begun
 * cannot be taken back: there the connection is cut, so that nobody takes half for the whole.
 */
public final class ProblemWriter implements WebExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (exchange.getResponse().isCommitted()) {
      LOG.info(
          "path={} state=broken-off cause={}", path(exchange), Loggable.text(error.toString()));
      return Mono.error(new BrokenAnswerException());
    }
    return write(exchange, problemOf(exchange, error));
  }

  /** Answers with this problem. */
  public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
    byte[] body = body(problem);
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setContentLength(body.length);
    headers.setCacheControl("no-store");
    problem.headers().forEach(headers::set);
    if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
      return response.setComplete();
    }
    DataBuffer buffer = response.bufferFactory().wrap(body);
    return response.writeWith(Mono.just(buffer));
  }

  /** A problem as the JSON of its answer. */
  public byte[] body(Problem problem) {
    return json.writeValueAsBytes(problem.members());
  }

  private static Problem problemOf(ServerWebExchange exchange, Throwable error) {
    return switch (error) {
      case ProblemException ours -> ours.problem();
      case TimeoutException late ->
          Problem.of(ProblemType.TIMEOUT, "no answer in time (expected: a retry may succeed)");
      case ErrorResponse framework -> ofStatus(framework.getStatusCode().value());
      default -> {
        LOG.error("path={} state=failed, this is a bug\n{}", path(exchange), Loggable.trace(error));
        yield Problem.of(ProblemType.INTERNAL, "the gateway failed (expected: this is a bug)");
      }
    };
  }

  private static String path(ServerWebExchange exchange) {
    return Loggable.text(exchange.getRequest().getURI().getRawPath());
  }

  /** For what the framework refuses before or beside our own checks. */
  private static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemType.NOT_FOUND, "nothing is at this path");
      case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the method is not one of this path");
      case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "the body is too large");
      case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body has another type");
      case 503 -> Problem.of(ProblemType.UNAVAILABLE, "what this needs is away");
      case 504 -> Problem.of(ProblemType.TIMEOUT, "what this needs did not answer in time");
      default ->
          status >= 400 && status < 500
              ? Problem.of(ProblemType.MALFORMED, "the request cannot be read")
              : Problem.of(ProblemType.INTERNAL, "the gateway failed (expected: this is a bug)");
    };
  }
}
