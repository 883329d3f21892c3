package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiteTiersTest {
  private final ClientLocation location =
      new ClientLocation(
          InetAddress.getLoopbackAddress(),
          List.of(tier("a"), tier("b", "c")),
          () -> List.of(tier("d")));

  @Test
  void givenSites_whenAsked_thenEachHasItsTiersNumberWhoeverIsAskedOf() {
    SiteTiers two = SiteTiers.of(location, Set.of("c", "d"));
    SiteTiers all = SiteTiers.of(location, Set.of("a", "b", "c", "d"));

    assertEquals(List.of(1, 2), List.of(two.of("c"), two.of("d")));
    assertEquals(List.of(0, 1, 1, 2), List.of(all.of("a"), all.of("b"), all.of("c"), all.of("d")));
  }

  @Test
  void givenNearSites_whenAsked_thenNobodyLooksFarther() {
    ClientLocation near =
        new ClientLocation(
            InetAddress.getLoopbackAddress(),
            List.of(tier("a"), tier("b")),
            () -> {
              throw new AssertionError("looked beyond");
            });

    assertEquals(1, SiteTiers.of(near, Set.of("b", "a")).of("b"));
  }

  @Test
  void givenASiteThatNoTierHas_whenAsked_thenItIsFartherThanAll() {
    SiteTiers tiers = SiteTiers.of(location, Set.of("a", "new"));

    assertEquals(3, tiers.of("new"));
    assertEquals(0, SiteTiers.UNKNOWN.of("new"));
  }

  @Test
  void givenTiers_whenTold_thenALineATier() {
    assertEquals(
        List.of("tier 0: default site", "tier 1: default site"),
        SiteTiers.of(location, Set.of("b")).inWords());
  }

  private static Tier tier(String... siteIds) {
    return new Tier(List.of(siteIds), new Found.ByDefault());
  }
}
