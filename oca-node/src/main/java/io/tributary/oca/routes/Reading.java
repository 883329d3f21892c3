package io.tributary.oca.routes;

import io.tributary.contracts.node.Routes;
import java.util.List;

/** What one look at a router's routes gave. */
sealed interface Reading {
  /** All of them, by prefix. */
  record Whole(List<Routes.Route> routes) implements Reading {
    public Whole {
      routes = List.copyOf(routes);
    }
  }

  /** The speaker speaks, but what it says cannot be taken: the last good routes go on. */
  record Refused(String reason) implements Reading {}

  /** The speaker cannot be reached: the last good routes go on for a while. */
  record Away(String reason) implements Reading {}
}
