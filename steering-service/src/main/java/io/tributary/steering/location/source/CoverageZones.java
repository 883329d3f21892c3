package io.tributary.steering.location.source;

import io.tributary.steering.location.Coordinates;
import java.util.Map;

/**
 * What a coverage zone file said.
 *
 * @param coordinates of the sites whose zones have them
 * @param report what became of its networks
 */
public record CoverageZones(Map<String, Coordinates> coordinates, SourceReport report) {
  public CoverageZones {
    coordinates = Map.copyOf(coordinates);
  }
}
