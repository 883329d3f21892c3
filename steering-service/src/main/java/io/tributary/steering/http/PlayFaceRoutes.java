package io.tributary.steering.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.contracts.api.ProblemType;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.contentsteering.PlayStates;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The paths of the players' face. */
final class PlayFaceRoutes {
  private static final String ROOT = "/steering/v1/";
  private static final String STATE = "/{state}";

  private PlayFaceRoutes() {}

  /** All routes, over what they answer from. */
  static RouterFunction<ServerResponse> of(
      SteeringBrain brain,
      PlayStates states,
      FaceConfig config,
      MeterRegistry metrics,
      InstantSource clock) {
    PlayFaceHandler handler =
        new PlayFaceHandler(brain, states, config, new FaceCounters(metrics), clock);
    return RouterFunctions.route()
        .GET(ROOT + Face.HLS.word() + STATE, request -> handler.steer(request, Face.HLS))
        .GET(ROOT + Face.DASH.word() + STATE, request -> handler.steer(request, Face.DASH))
        .GET(ROOT + Face.REDIRECT.word() + STATE + "/**", handler::redirect)
        .HEAD(ROOT + Face.REDIRECT.word() + STATE + "/**", handler::redirect)
        .OPTIONS(ROOT + "**", request -> allow())
        .route(RequestPredicates.path(ROOT + "**"), PlayFaceRoutes::refuse)
        .filter(PlayFaceRoutes::observed)
        .build();
  }

  /** By its pattern: a state must not be a metric's tag. */
  private static Mono<ServerResponse> observed(
      ServerRequest request, HandlerFunction<ServerResponse> next) {
    request
        .attribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE)
        .ifPresent(pattern ->
            ServerRequestObservationContext.findCurrent(request.attributes())
                .ifPresent(context -> context.setPathPattern(pattern.toString())));
    return next.handle(request);
  }

  private static Mono<ServerResponse> allow() {
    return ServerResponse.status(HttpStatus.NO_CONTENT)
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS")
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .build();
  }

  private static Mono<ServerResponse> refuse(ServerRequest request) {
    boolean isKnownMethod =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return isKnownMethod
        ? Problems.answer(
            ProblemType.NOT_FOUND,
            "path is another (expected: " + ROOT + "hls, dash or redirect and a play's state)")
        : SteeringRoutes.wrongMethod(request, "GET");
  }
}
