package io.tributary.gateway.doors;

import io.tributary.bearer.BearerVerifier;
import io.tributary.gateway.identity.ContextStamp;
import io.tributary.gateway.problem.ProblemWriter;
import io.tributary.gateway.routes.Door;
import io.tributary.gateway.routes.RouteTable;
import io.tributary.gateway.routes.RoutingConfig;
import java.time.InstantSource;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Builds what stands behind each listener. A door's checks are part of its own handler, not filters
 * of the application: the management listener has none of them, and no request of one door can ever
 * be judged by the other's.
 */
public final class Doors {
  private final ApplicationContext context;
  private final ProblemWriter problems;
  private final RouteTable table;
  private final BearerVerifier verifier;
  private final ContextStamp stamp;
  private final BodyConfig bodies;
  private final RoutingConfig routing;
  private final InstantSource time;

  public Doors(
      ApplicationContext context,
      ProblemWriter problems,
      RouteTable table,
      BearerVerifier verifier,
      ContextStamp stamp,
      BodyConfig bodies,
      RoutingConfig routing,
      InstantSource time) {
    this.context = context;
    this.problems = problems;
    this.table = table;
    this.verifier = verifier;
    this.stamp = stamp;
    this.bodies = bodies;
    this.routing = routing;
    this.time = time;
  }

  /** The handler of one door's listener. */
  public HttpHandler handler(Door door) {
    DoorFilter checks =
        new DoorFilter(door, table, verifier, stamp, new BodyGuard(bodies), routing, time);
    return WebHttpHandlerBuilder.applicationContext(context)
        .filters(filters -> filters.addFirst(checks))
        .exceptionHandlers(handlers -> {
          handlers.clear();
          handlers.add(problems);
        })
        .build();
  }
}
