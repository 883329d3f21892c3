package io.tributary.steering.location;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why sites are as near to a client as they are said to be. */
public sealed interface Found {
  /** Of all sites that nothing else is known of. */
  Found OTHERWISE = new Otherwise();

  /** For people, one line. */
  String inWords();

  /**
   * They reach a prefix that covers the client's address.
   *
   * @param prefix the prefix
   * @param origins of each site the best route to it
   */
  record ByPrefix(IpPrefix prefix, List<RouteOrigin> origins) implements Found {
    @Override
    public String inWords() {
      return "prefix "
          + prefix
          + " of "
          + origins.stream().map(RouteOrigin::inWords).collect(Collectors.joining(", "));
    }
  }

  /**
   * They are about equally far from where the client is on Earth.
   *
   * @param client where it is
   * @param nearestKilometres to the nearest of them, along the surface
   * @param farthestKilometres to the farthest of them
   */
  record ByDistance(Coordinates client, double nearestKilometres, double farthestKilometres)
      implements Found {
    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT, "%.0f to %.0f km from %s", nearestKilometres, farthestKilometres, client);
    }
  }

  /** The operator's choice for clients of whom nothing better is known. */
  record ByDefault() implements Found {
    @Override
    public String inWords() {
      return "default site";
    }
  }

  /** Nothing is known of how near they are. */
  record Otherwise() implements Found {
    @Override
    public String inWords() {
      return "any other site";
    }
  }
}
