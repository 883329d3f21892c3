package io.tributary.steering.http;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import io.tributary.contracts.api.ProblemType;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The paths of the internal face. */
public final class SteeringRoutes {
  private static final String RANKINGS = "/internal/v1/rankings";
  private static final String SNAPSHOT = "/internal/v1/snapshot";

  private SteeringRoutes() {}

  /** All routes, over what they answer from. */
  public static RouterFunction<ServerResponse> of(
      SteeringBrain brain,
      Fleet fleet,
      Supplier<Nearness> nearness,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    RankingHandler rankings = new RankingHandler(brain, json, clock);
    SnapshotHandler snapshot = new SnapshotHandler(fleet, nearness, setAside, clock);
    return RouterFunctions.route()
        .POST(RANKINGS, rankings::rank)
        .GET(SNAPSHOT, snapshot::show)
        .route(path(RANKINGS), request -> wrongMethod(request, "POST"))
        .route(path(SNAPSHOT), request -> wrongMethod(request, "GET"))
        .build();
  }

  static Mono<ServerResponse> wrongMethod(ServerRequest request, String expected) {
    return Problems.answer(
        ProblemType.METHOD_NOT_ALLOWED,
        "method is " + request.method() + " (expected: " + expected + ")");
  }
}
