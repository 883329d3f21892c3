package io.tributary.controlplane.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.node.Routes.Route;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteJudgeTest {
  private static final RouteGrant ISP =
      new RouteGrant("isp", List.of("80.64.0.0/12", "2a00:100::/32"), List.of(64_500L, 3_320L));

  @Test
  void whatIsGrantedByPrefixOrOriginCounts() {
    assertEquals(Optional.empty(), refusal("80.64.0.0/12"));
    assertEquals(Optional.empty(), refusal("80.79.255.0/24", 65_000L));
    assertEquals(Optional.empty(), refusal("2a00:100:1::/48"));
    assertEquals(Optional.empty(), refusal("91.0.0.0/10", 1_299L, 3_320L));
  }

  @Test
  void theDefaultRouteNeverCounts() {
    RouteGrant all = new RouteGrant("isp", List.of("0.0.0.0/0", "::/0"), List.of(64_500L));

    for (String prefix : List.of("0.0.0.0/0", "::/0")) {
      assertEquals(
          Optional.of("it is the default route (expected: the prefixes of your network)"),
          RouteJudge.refusal(new Route(prefix, List.of(64_500L), null), all));
    }
  }

  @Test
  void aNeighboursPrefixDoesNotCount() {
    assertEquals(
        Optional.of(
            "neither it nor its origin AS15169 is granted to network isp"
                + " (expected: a prefix or origin that the operator has granted)"),
        refusal("8.8.8.0/24", 64_500L, 15_169L));
    assertEquals(
        Optional.of(
            "it is not granted to network isp"
                + " (expected: a prefix or origin that the operator has granted)"),
        refusal("80.0.0.0/10"));
    // A set of networks at the end is no origin.
    assertEquals(
        Optional.of(
            "it is not granted to network isp"
                + " (expected: a prefix or origin that the operator has granted)"),
        refusal("8.8.8.0/24", 64_500L, 0L));
  }

  @Test
  void nobodyClaimsAllAddressesByANumber() {
    assertEquals(
        Optional.of("it is too wide for its origin alone (expected: /8 or longer)"),
        refusal("64.0.0.0/2", 64_500L));
    assertEquals(
        Optional.of("it is too wide for its origin alone (expected: /16 or longer)"),
        refusal("2a00::/12", 64_500L));
  }

  @Test
  void addressesThatNobodyHasDoNotCount() {
    assertEquals(
        Optional.of("it lies in 10.0.0.0/8, which is private (expected: public addresses)"),
        refusal("10.1.0.0/16", 64_500L));
    assertEquals(
        Optional.of("it lies in ff00::/8, which is multicast (expected: public addresses)"),
        refusal("ff02::/16", 64_500L));
    assertEquals(
        Optional.of(
            "it lies in 100.64.0.0/10, which is shared by carriers (expected: public addresses)"),
        refusal("100.64.1.0/24", 64_500L));
  }

  /** A campus announces its own private addresses; a wide grant does not say so. */
  @Test
  void addressesThatNobodyHasCountWhereTheyWereGrantedByName() {
    Route campus = new Route("10.1.0.0/16", List.of(), null);

    assertEquals(
        Optional.empty(),
        RouteJudge.refusal(campus, new RouteGrant("uni", List.of("10.0.0.0/8"), List.of())));
    assertEquals(
        Optional.of("it lies in 10.0.0.0/8, which is private (expected: public addresses)"),
        RouteJudge.refusal(campus, new RouteGrant("uni", List.of("8.0.0.0/6"), List.of())));
  }

  @Test
  void whatIsNarrowerThanClientsAreToldApartByDoesNotCount() {
    assertEquals(Optional.of("it is too narrow (expected: /24 or wider)"), refusal("80.64.0.0/25"));
    assertEquals(
        Optional.of("it is too narrow (expected: /48 or wider)"), refusal("2a00:100::/49"));
  }

  @Test
  void whatIsNoRouteDoesNotCount() {
    for (String text : List.of("", "80.64.0.0", "80.64.0.1/24", "80.64.0.0/33", "x/8", "1::g/32")) {
      assertEquals(
          Optional.of(
              "it is no prefix (expected: an IPv4 or IPv6 block with no bit set beyond its"
                  + " length)"),
          refusal(text),
          text);
    }
    assertEquals(
        Optional.of("its AS path has 4294967296 (expected: 0 to 4294967295)"),
        refusal("80.64.0.0/12", 1L << 32));
    assertEquals(
        Optional.of("its AS path has 33 networks (expected: at most 32)"),
        RouteJudge.refusal(new Route("80.64.0.0/12", Collections.nCopies(33, 1L), null), ISP));
    assertEquals(
        Optional.of("its MED is -1 (expected: 0 to 4294967295)"),
        RouteJudge.refusal(new Route("80.64.0.0/12", List.of(), -1L), ISP));
  }

  private static Optional<String> refusal(String prefix, Long... path) {
    return RouteJudge.refusal(new Route(prefix, List.of(path), null), ISP);
  }
}
