package io.tributary.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.gateway.Logs;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class ProblemWriterTest {
  private static final String PATH = "/api/v1/manifests/SECRET/main.m3u8";

  /** Whoever reads a play token in a log could play. Frameworks repeat paths where they like. */
  @Test
  void givenABugInAManifestsRequest_thenItIsLoggedWithoutThePlayToken() {
    MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(PATH));
    Throwable bug =
        new IllegalStateException(
            "cannot ask http://replica" + PATH,
            new IllegalArgumentException("GET \"" + PATH + '"'));
    Mono<Void> failed = Mono.<Void>error(bug).checkpoint("HTTP GET \"" + PATH + "\"");

    try (Logs logs = new Logs()) {
      failed
          .onErrorResume(
              error -> new ProblemWriter(JsonMapper.builder().build()).handle(exchange, error))
          .block();

      assertThat(logs.text())
          .contains("/manifests/…", "cannot ask", "checkpoint", "Caused by")
          .doesNotContain("SECRET");
    }
    assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
  }
}
