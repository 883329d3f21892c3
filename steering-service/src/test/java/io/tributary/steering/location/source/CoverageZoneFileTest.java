package io.tributary.steering.location.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.SetAsideReason;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageZoneFileTest {
  private final RecordedRoutes routes = new RecordedRoutes();

  @Test
  void zonesAreSitesWithTheirNetworksAndCoordinates() {
    CoverageZones zones =
        read(
            """
            {
              "revision": "Wed May  4 15:04:01 2016",
              "customerName": "Acme",
              "coverageZones": {
                "cache-group-0": {
                  "network6": ["2001:DEAD:BEEF:0::/48", "2001:CAFE:F00D:1::/37"],
                  "network": ["12.34.0.0/24", "10.0.0.9"],
                  "coordinates": {"longitude": "-106.480250", "latitude": "39.117800"}
                },
                "US-East": {"network": ["12.35.0.0/24"], "coordinates": {"latitude": 48, "longitude": -80.5}}
              }
            }
            """,
            Map.of("US-East", "us-east"));

    assertEquals(
        List.of(
            "cache-group-0 2001:dead:beef::/48",
            "cache-group-0 2001:cafe:f000::/37",
            "cache-group-0 12.34.0.0/24",
            "cache-group-0 10.0.0.9/32",
            "us-east 12.35.0.0/24"),
        routes.told.stream().map(told -> told.origin().siteId() + " " + told.prefix()).toList());
    assertEquals(
        Map.of(
            "cache-group-0",
            new Coordinates(39.1178, -106.48025),
            "us-east",
            new Coordinates(48, -80.5)),
        zones.coordinates());
    assertEquals(Optional.empty(), zones.report().problem());
  }

  @Test
  void aBadNetworkOrZoneIsSetAsideWithItsLineAndTheOthersAreRead() {
    CoverageZones zones =
        read(
            """
            {"coverageZones": {
              "a": {"network": ["10.0.0.0/8", "nonsense", 7, ["x"], {"y": 1}, null, "11.0.0.0/8"]},
              "b": {"network": "12.0.0.0/8"},
              "c": 5,
              "d": {"coordinates": {"latitude": "NaN", "longitude": 1}, "network": ["13.0.0.0/8"]},
              "e": {"coordinates": [1, 2], "else": {"network": ["9.0.0.0/8"]}},
              "f": {"coordinates": {"latitude": 91, "longitude": 1}}
            }}
            """,
            Map.of());

    assertEquals(
        List.of("10.0.0.0/8", "11.0.0.0/8", "13.0.0.0/8"),
        routes.told.stream().map(told -> told.prefix().toString()).toList());
    assertEquals(Map.of(), zones.coordinates());
    assertEquals(10, zones.report().setAside(SetAsideReason.MALFORMED));
    assertThat(zones.report().examples().getFirst().where()).isEqualTo("line 2");
    assertThat(zones.report().examples().getFirst().detail()).contains("a: prefix is nonsense");
  }

  @Test
  void aFileThatBreaksOffIsReadAsFarAsItGoes() {
    CoverageZones zones =
        read("{\"coverageZones\": {\"a\": {\"network\": [\"10.0.0.0/8\", \"11.0.", Map.of());

    assertEquals(1, routes.told.size());
    assertThat(zones.report().problem().orElseThrow()).contains("cannot be read");
  }

  @Test
  void whatIsNoCoverageZoneFileIsSaidToBeNone() {
    for (String text : List.of("", "[]", "{}", "{\"coverageZones\": []}", "7")) {
      assertThat(read(text, Map.of()).report().problem().orElseThrow())
          .as(text)
          .contains("is no coverage zone file");
    }
  }

  private CoverageZones read(String text, Map<String, String> siteByZone) {
    routes.told.clear();
    return new CoverageZoneFile(routes, siteByZone)
        .read("zones", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
