package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteTiersTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("10.1.2.3");

  private final ClientLocation location = location(address -> Optional.empty(), "d");

  @Test
  void givenSites_whenAsked_thenEachHasItsTiersNumberWhoeverIsAskedOf() {
    SiteTiers two = SiteTiers.of(location, List.of("c", "d"));
    SiteTiers all = SiteTiers.of(location, List.of("e", "a", "b", "a", "c", "d"));

    assertEquals(List.of(1, 2), tiers(two, 2));
    assertEquals(List.of(3, 0, 1, 0, 1, 2), tiers(all, 6));
  }

  @Test
  void givenNearSites_whenAsked_thenNobodyLooksFarther() {
    ClientLocation near =
        location(
            address -> {
              throw new AssertionError("looked beyond");
            },
            null);

    assertEquals(1, SiteTiers.of(near, List.of("b", "a")).tier(0));
  }

  @Test
  void givenASiteThatNoTierHas_whenAsked_thenItIsFartherThanAll() {
    SiteTiers tiers = SiteTiers.of(location, List.of("a", "new"));

    assertEquals(4, tiers.tier(1));
    assertEquals(0, SiteTiers.UNKNOWN.tier(1));
  }

  @Test
  void givenTiers_whenTold_thenALineForTheNearestAndForEachThatWasAskedFor() {
    assertEquals(
        List.of(
            "tier 0: prefix 10.1.2.0/24 of a (csv, preference 100)",
            "tier 1: prefix 10.1.0.0/16 of b (csv, preference 100), c (csv, preference 100)",
            "tier 2: default site"),
        SiteTiers.of(location, List.of("b", "d")).inWords());
    assertEquals(
        List.of("tier 0: prefix 10.1.2.0/24 of a (csv, preference 100)", "tier 3: any other site"),
        SiteTiers.of(location, List.of("e")).inWords());
  }

  /** To look no farther than needed, and at the wanted sites alone, makes no difference. */
  @Test
  void givenAnySites_whenAsked_thenEachHasTheNumberOfTheTierThatNamesIt() {
    for (long seed = 1; seed <= 500; seed++) {
      RandomPrefixes random = new RandomPrefixes(seed);
      List<SitePlace> fleet = new ArrayList<>();
      for (int i = random.below(30); i > 0; i--) {
        Coordinates place = random.below(3) == 0 ? null : new Coordinates(i, random.below(180));
        fleet.add(new SitePlace("s" + i, "n", place));
      }
      PrefixTableBuilder routes = new PrefixTableBuilder();
      for (int i = random.below(30); i > 0; i--) {
        routes.add(
            IpPrefix.masked(CLIENT.getAddress(), random.below(33)),
            new RouteOrigin("s" + random.below(40), 100, i % 4, 64_500, 0, RouteSource.MRT));
      }
      Optional<Coordinates> client =
          random.below(2) == 0 ? Optional.empty() : Optional.of(new Coordinates(0, 0));
      ClientLocation located =
          new ClientLocator(
                  routes.build(), new Sites(fleet), address -> client, "s" + random.below(40))
              .locate(CLIENT);
      List<String> wanted = new ArrayList<>();
      for (int i = random.below(6); i >= 0; i--) {
        wanted.add("s" + random.below(40));
      }

      List<Tier> all = located.tiers();
      SiteTiers tiers = SiteTiers.of(located, wanted);
      Set<Integer> told = new HashSet<>(Set.of(0));
      for (int i = 0; i < wanted.size(); i++) {
        String siteId = wanted.get(i);
        int tier = numberOfTierWith(siteId, all);
        assertEquals(tier, tiers.tier(i), "seed " + seed + " " + siteId);
        told.add(tier);
      }
      List<String> lines = new ArrayList<>();
      for (int tier = 0; tier < all.size(); tier++) {
        if (told.contains(tier)) {
          StringBuilder line = new StringBuilder("tier " + tier + ": ");
          all.get(tier).found().appendTo(line);
          lines.add(line.toString());
        }
      }
      assertEquals(lines, tiers.inWords(), "seed " + seed);
    }
  }

  private static List<Integer> tiers(SiteTiers of, int count) {
    return IntStream.range(0, count).map(of::tier).boxed().toList();
  }

  private static int numberOfTierWith(String siteId, List<Tier> all) {
    int number = 0;
    while (number < all.size() && !all.get(number).siteIds().contains(siteId)) {
      number++;
    }
    return number;
  }

  private static ClientLocation location(Geography geography, @Nullable String defaultSiteId) {
    PrefixTableBuilder routes = new PrefixTableBuilder();
    routes.add(IpPrefix.parse("10.1.2.0/24"), RouteOrigin.said("a", 100, RouteSource.CSV));
    routes.add(IpPrefix.parse("10.1.0.0/16"), RouteOrigin.said("c", 100, RouteSource.CSV));
    routes.add(IpPrefix.parse("10.1.0.0/16"), RouteOrigin.said("b", 100, RouteSource.CSV));
    List<SitePlace> sites =
        List.of("a", "b", "c", "d", "e").stream().map(id -> new SitePlace(id, "n", null)).toList();
    return new ClientLocator(routes.build(), new Sites(sites), geography, defaultSiteId)
        .locate(CLIENT);
  }
}
