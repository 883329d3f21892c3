package io.tributary.steering.http;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import io.tributary.bearer.BearerVerifier;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.FoundDecision;
import io.tributary.steering.explain.Recompute;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Schedulers;

/** What operators may ask, through the gateway. */
public final class OperatorRoutes {
  private static final String DECISION = "/admin/v1/decisions/{decisionId}";
  private static final String WHAT_IF = "/admin/v1/what-if";

  /** Each has a connection to Kafka and reads some megabytes. */
  private static final int SEARCHES = 2;

  private static final int WAITING_SEARCHES = 8;

  private OperatorRoutes() {}

  /** All routes, over what they answer from. */
  public static RouterFunction<ServerResponse> of(
      SteeringBrain brain,
      Function<String, FoundDecision> archive,
      BearerVerifier verifier,
      InstantSource clock) {
    ExplainHandler explain =
        new ExplainHandler(
            archive,
            new Recompute(new NearnessRanker(RankingPolicy.DEFAULTS)),
            Schedulers.newBoundedElastic(SEARCHES, WAITING_SEARCHES, "explain"));
    WhatIfHandler whatIf = new WhatIfHandler(brain, clock);
    return RouterFunctions.route()
        .GET(WHAT_IF, whatIf::show)
        .GET(DECISION, explain::explain)
        .route(path(WHAT_IF), request -> SteeringRoutes.wrongMethod(request, "GET"))
        .route(path(DECISION), request -> SteeringRoutes.wrongMethod(request, "GET"))
        .filter(new OperatorFilter(verifier))
        .build();
  }
}
