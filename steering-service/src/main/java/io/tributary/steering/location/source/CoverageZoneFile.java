package io.tributary.steering.location.source;

import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads coverage zone files of Apache Traffic Control: {@code {"coverageZones": {ZONE: {"network":
 * […], "network6": […], "coordinates": {"latitude": …, "longitude": …}}}}}, everything else passed
 * over. Zones are sites. Networks with bits beyond their length are taken without them, as Traffic
 * Router does; unlike there, a bad one does not reject the file. A zone's fallbacks are not in the
 * file but in Traffic Ops.
 *
 * <p>It is the operator's own word and needs no grant. For one thread.
 */
public final class CoverageZoneFile {
  private static final long MAX_BYTES = 1L << 28; // ten million networks

  /** The file needs four levels and short texts; the rest is for what is passed over. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 10)
                  .maxNumberLength(100)
                  .build())
          .build();

  private final RouteSink sink;
  private final Map<String, String> siteByZone;

  /**
   * Reads into a sink.
   *
   * @param siteByZone the sites of zones that have another name; all others' ids are their zones'
   */
  public CoverageZoneFile(RouteSink sink, Map<String, String> siteByZone) {
    this.sink = sink;
    this.siteByZone = Map.copyOf(siteByZone);
  }

  /**
   * Reads a file. Never throws.
   *
   * @param name for the report
   * @param source plain or packed by gzip; stays open
   */
  public CoverageZones read(String name, InputStream source) {
    Reading reading = new Reading(new SourceTally(name));
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), SourceBytes.open(source, MAX_BYTES))) {
      return reading.done(reading.file(json));
    } catch (IOException | JacksonException e) {
      return reading.done(reading.tally.broken("cannot be read: " + e.getMessage()));
    }
  }

  /** One file on its way. */
  private final class Reading {
    private final SourceTally tally;
    private final Map<String, Coordinates> coordinates = new HashMap<>();

    Reading(SourceTally tally) {
      this.tally = tally;
    }

    CoverageZones done(SourceReport report) {
      return new CoverageZones(coordinates, report);
    }

    SourceReport file(JsonParser json) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return tally.broken("is no coverage zone file (expected: a JSON object)");
      }
      boolean hasZones = false;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isZones = json.currentName().equals("coverageZones");
        if (json.nextToken() == JsonToken.START_OBJECT && isZones) {
          hasZones = true;
          zones(json);
        } else {
          json.skipChildren();
        }
      }
      return hasZones
          ? tally.whole()
          : tally.broken("is no coverage zone file (expected: an object coverageZones)");
    }

    private void zones(JsonParser json) {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String zone = json.currentName();
        if (json.nextToken() == JsonToken.START_OBJECT) {
          zone(siteByZone.getOrDefault(zone, zone), json);
        } else {
          malformed(json, "zone " + zone + " is no object");
          json.skipChildren();
        }
      }
    }

    private void zone(String siteId, JsonParser json) {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String property = json.currentName();
        JsonToken value = json.nextToken();
        switch (property) {
          case "network", "network6" -> networks(siteId, value, json);
          case "coordinates" -> coordinates(siteId, value, json);
          default -> json.skipChildren();
        }
      }
    }

    private void networks(String siteId, JsonToken value, JsonParser json) {
      if (value != JsonToken.START_ARRAY) {
        malformed(json, "networks of " + siteId + " are no array");
        json.skipChildren();
        return;
      }
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY && next != null;
          next = json.nextToken()) {
        if (next == JsonToken.VALUE_STRING) {
          network(siteId, json.getString(), json);
        } else {
          malformed(json, "a network of " + siteId + " is no text");
          json.skipChildren();
        }
      }
    }

    private void network(String siteId, String text, JsonParser json) {
      tally.record();
      try {
        IpPrefix prefix = IpPrefix.parseMasked(text.strip());
        RouteOrigin origin =
            RouteOrigin.said(siteId, RouteOrigin.DEFAULT_PREFERENCE, RouteSource.COVERAGE_ZONE);
        SetAsideReason reason = sink.said(prefix, origin);
        tally.route(reason, "line", line(json), () -> siteId + " " + prefix);
      } catch (IllegalArgumentException e) {
        tally.setAside(
            SetAsideReason.MALFORMED, "line", line(json), () -> siteId + ": " + e.getMessage());
      }
    }

    private void coordinates(String siteId, JsonToken value, JsonParser json) {
      if (value != JsonToken.START_OBJECT) {
        malformed(json, "coordinates of " + siteId + " are no object");
        json.skipChildren();
        return;
      }
      double latitude = Double.NaN;
      double longitude = Double.NaN;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String property = json.currentName();
        json.nextToken();
        switch (property) {
          case "latitude" -> latitude = number(json);
          case "longitude" -> longitude = number(json);
          default -> json.skipChildren();
        }
      }
      if (Coordinates.arePossible(latitude, longitude)) {
        coordinates.put(siteId, new Coordinates(latitude, longitude));
      } else {
        malformed(
            json,
            "coordinates of "
                + siteId
                + " are "
                + latitude
                + ","
                + longitude
                + " (expected: latitude and longitude in degrees)");
      }
    }

    /** Of a number or of a text with one, both of which are found; else not a number. */
    private double number(JsonParser json) {
      switch (json.currentToken()) {
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          try {
            return Double.parseDouble(json.getString());
          } catch (NumberFormatException e) {
            return Double.NaN;
          }
        }
        default -> {
          json.skipChildren();
          return Double.NaN;
        }
      }
    }

    private void malformed(JsonParser json, String what) {
      tally.record();
      tally.setAside(SetAsideReason.MALFORMED, "line", line(json), () -> what);
    }

    private static long line(JsonParser json) {
      return json.currentTokenLocation().getLineNr();
    }
  }
}
