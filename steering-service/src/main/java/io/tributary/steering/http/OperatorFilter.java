package io.tributary.steering.http;

import io.tributary.bearer.AccessRule;
import io.tributary.bearer.Admission;
import io.tributary.bearer.BearerVerifier;
import io.tributary.contracts.api.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets operators in, by their bearer token: the gateway's word alone is not taken. */
final class OperatorFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final AccessRule OPERATORS = AccessRule.operators();

  private final BearerVerifier verifier;

  OperatorFilter(BearerVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
    return switch (OPERATORS.admit(verifier, request.headers().header(HttpHeaders.AUTHORIZATION))) {
      case Admission.Admitted _ -> next.handle(request);
      case Admission.Unauthenticated refused ->
          Problems.refused(ProblemType.UNAUTHENTICATED, refused.reason(), refused.challenge());
      case Admission.Forbidden refused ->
          Problems.refused(ProblemType.FORBIDDEN, refused.reason(), refused.challenge());
    };
  }
}
