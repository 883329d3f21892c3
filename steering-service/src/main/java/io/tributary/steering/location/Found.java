package io.tributary.steering.location;

import java.util.List;

/** Why sites are as near to a client as they are said to be. */
public sealed interface Found {
  /** For people, a line without its end. */
  void appendTo(StringBuilder line);

  /**
   * They reach a prefix that covers the client's address.
   *
   * @param prefix the prefix
   * @param origins of each site the best route to it
   */
  record ByPrefix(IpPrefix prefix, List<RouteOrigin> origins) implements Found {
    @Override
    public void appendTo(StringBuilder line) {
      prefix.appendTo(line.append("prefix "));
      for (int i = 0; i < origins.size(); i++) {
        origins.get(i).appendTo(line.append(i == 0 ? " of " : ", "));
      }
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
    public void appendTo(StringBuilder line) {
      line.append(Math.round(nearestKilometres)).append(" to ");
      line.append(Math.round(farthestKilometres)).append(" km from ").append(client);
    }
  }

  /** The operator's choice for clients of whom nothing better is known. */
  record ByDefault() implements Found {
    @Override
    public void appendTo(StringBuilder line) {
      line.append("default site");
    }
  }

  /** Nothing is known of how near they are. */
  record Otherwise() implements Found {
    @Override
    public void appendTo(StringBuilder line) {
      line.append("any other site");
    }
  }
}
