package io.tributary.gateway.identity;

import io.tributary.contracts.api.ProblemType;
import io.tributary.gateway.problem.Problem;
import io.tributary.gateway.problem.ProblemException;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /auth/local/token}: {@code {"account":…}} to {@code {"token":…,"expiresAt":…}}. */
public final class LocalIssuerHandler implements HandlerFunction<ServerResponse> {
  private final LocalIssuer issuer;
  private final JsonMapper json;

  public LocalIssuerHandler(LocalIssuer issuer, JsonMapper json) {
    this.issuer = issuer;
    this.json = json;
  }

  @Override
  public Mono<ServerResponse> handle(ServerRequest request) {
    return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).flatMap(this::answer);
  }

  private Mono<ServerResponse> answer(byte[] body) {
    return switch (issuer.tokenFor(accountIn(body))) {
      case LocalIssuer.Answer.Refused(String reason) ->
          Mono.error(new ProblemException(Problem.of(ProblemType.INVALID, reason)));
      case LocalIssuer.Answer.Issued issued ->
          ServerResponse.ok()
              .cacheControl(CacheControl.noStore())
              .contentType(MediaType.APPLICATION_JSON)
              .bodyValue(
                  json.writeValueAsString(
                      Map.of("token", issued.token(), "expiresAt", issued.expiresAt().toString())));
    };
  }

  private String accountIn(byte[] body) {
    try {
      JsonNode account = json.readTree(body).path("account");
      if (account.isString()) {
        return account.stringValue();
      }
    } catch (JacksonException malformed) {
      throw new ProblemException(
          Problem.of(
              ProblemType.MALFORMED, "the body is no JSON (expected: {\"account\":\"demo\"})"));
    }
    throw new ProblemException(
        Problem.of(
            ProblemType.INVALID,
            "account is missing or no string (expected: {\"account\":\"demo\"})"));
  }
}
