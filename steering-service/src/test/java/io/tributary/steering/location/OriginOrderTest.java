package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginOrderTest {
  @Test
  void theOperatorsPreferenceGoesBeforeAShorterPath() {
    RouteOrigin preferred = origin("far", 200, 5, 64_500, 0);
    RouteOrigin nearer = origin("near", 100, 1, 64_500, 0);

    assertEquals(
        List.of(List.of(preferred), List.of(nearer)),
        OriginOrder.tiers(List.of(nearer, preferred)));
  }

  @Test
  void aShorterPathGoesBeforeALowerMed() {
    RouteOrigin shorter = origin("a", 100, 1, 64_500, 50);
    RouteOrigin lowerMed = origin("b", 100, 2, 64_500, 0);

    assertEquals(
        List.of(List.of(shorter), List.of(lowerMed)),
        OriginOrder.tiers(List.of(lowerMed, shorter)));
  }

  @Test
  void aLowerMedGoesFirstAmongRoutesOfOneNeighbour() {
    RouteOrigin lower = origin("b", 100, 2, 64_500, 10);
    RouteOrigin higher = origin("a", 100, 2, 64_500, 20);

    assertEquals(
        List.of(List.of(lower), List.of(higher)), OriginOrder.tiers(List.of(higher, lower)));
  }

  @Test
  void medsOfDifferentNeighboursAreNotCompared() {
    RouteOrigin one = origin("a", 100, 2, 64_500, 10);
    RouteOrigin other = origin("b", 100, 2, 64_501, 20);

    assertEquals(List.of(List.of(one, other)), OriginOrder.tiers(List.of(other, one)));
  }

  @Test
  void medsOfNoNeighbourAreNotCompared() {
    RouteOrigin one = origin("a", 100, 0, 0, 10);
    RouteOrigin other = origin("b", 100, 0, 0, 20);

    assertEquals(List.of(List.of(one, other)), OriginOrder.tiers(List.of(other, one)));
  }

  /** Compared in pairs, the three would beat each other in a circle. */
  @Test
  void threeRoutesOfTwoNeighboursHaveOneOrder() {
    RouteOrigin a = origin("a", 100, 2, 64_500, 20);
    RouteOrigin b = origin("b", 100, 2, 64_501, 15);
    RouteOrigin c = origin("c", 100, 2, 64_500, 10);

    for (List<RouteOrigin> order :
        List.of(List.of(a, b, c), List.of(b, c, a), List.of(c, a, b), List.of(c, b, a))) {
      assertEquals(List.of(List.of(b, c), List.of(a)), OriginOrder.tiers(order));
    }
  }

  @Test
  void aSiteIsNamedByItsBestRouteAlone() {
    RouteOrigin best = origin("a", 100, 1, 64_500, 0);
    RouteOrigin second = origin("a", 100, 3, 64_501, 0);
    RouteOrigin other = origin("b", 100, 2, 64_500, 0);

    assertEquals(
        List.of(List.of(best), List.of(other)), OriginOrder.tiers(List.of(second, other, best)));
  }

  private static RouteOrigin origin(String siteId, int preference, int path, long asn, long med) {
    return new RouteOrigin(siteId, preference, path, asn, med, RouteSource.MRT);
  }
}
