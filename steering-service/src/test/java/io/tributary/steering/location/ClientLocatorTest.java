package io.tributary.steering.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientLocatorTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("10.1.2.3");
  private static final Coordinates VIENNA = new Coordinates(48.21, 16.37);

  private final List<SitePlace> sites =
      List.of(
          site("berlin", 52.52, 13.40),
          site("bratislava", 48.15, 17.11),
          site("graz", 47.07, 15.44),
          site("moon", null),
          site("sydney", -33.87, 151.21),
          site("vienna", 48.20, 16.40));

  @Nested
  class GivenPrefixesThatCoverTheClient {
    @Test
    void whenASiteReachesAMoreSpecificOne_thenItGoesFirstWhateverElseIsWorse() {
      PrefixTableBuilder routes = new PrefixTableBuilder();
      routes.add(IpPrefix.parse("10.0.0.0/8"), origin("berlin", 900, 0));
      routes.add(IpPrefix.parse("10.1.0.0/16"), origin("sydney", 0, 9));

      assertEquals(
          List.of(List.of("sydney"), List.of("berlin")),
          siteIds(locate(routes, Geography.UNKNOWN)).subList(0, 2));
    }

    @Test
    void whenASiteReachesSeveral_thenItIsInItsFirstTierAlone() {
      PrefixTableBuilder routes = new PrefixTableBuilder();
      routes.add(IpPrefix.parse("10.0.0.0/8"), origin("berlin", 100, 1));
      routes.add(IpPrefix.parse("10.0.0.0/8"), origin("graz", 100, 1));
      routes.add(IpPrefix.parse("10.1.0.0/16"), origin("berlin", 100, 3));

      assertEquals(
          List.of(
              new Tier(
                  List.of("berlin"),
                  new Found.ByPrefix(
                      IpPrefix.parse("10.1.0.0/16"), List.of(origin("berlin", 100, 3)))),
              new Tier(
                  List.of("graz"),
                  new Found.ByPrefix(
                      IpPrefix.parse("10.0.0.0/8"), List.of(origin("graz", 100, 1))))),
          locate(routes, Geography.UNKNOWN).tiers().subList(0, 2));
    }

    @Test
    void whenASiteIsNotThereAnyMore_thenItIsLeftOut() {
      PrefixTableBuilder routes = new PrefixTableBuilder();
      routes.add(IpPrefix.parse("10.0.0.0/8"), origin("atlantis", 100, 1));

      assertThat(siteIds(locate(routes, Geography.UNKNOWN)).toString()).doesNotContain("atlantis");
    }

    @Test
    void whenTheFirstTierIsEnough_thenNobodyAsksWhereTheClientIsOnEarth() {
      PrefixTableBuilder routes = new PrefixTableBuilder();
      routes.add(IpPrefix.parse("10.0.0.0/8"), origin("berlin", 100, 1));
      AtomicInteger asked = new AtomicInteger();
      ClientLocation location =
          locate(
              routes,
              address -> {
                asked.incrementAndGet();
                return Optional.empty();
              });

      assertEquals(0, SiteTiers.of(location, List.of("berlin")).tier(0));
      assertEquals(0, asked.get());
    }
  }

  @Nested
  class GivenAClientThatNoPrefixCovers {
    @Test
    void whenItsPlaceIsKnown_thenSitesAreOrderedByDistanceInTiers() {
      assertEquals(
          List.of(
              List.of("bratislava", "vienna"),
              List.of("graz"),
              List.of("berlin"),
              List.of("sydney"),
              List.of("moon")),
          siteIds(locate(new PrefixTableBuilder(), address -> Optional.of(VIENNA))));
    }

    @Test
    void whenItsPlaceIsNotKnown_thenTheDefaultSiteThenAllOthers() {
      assertEquals(
          List.of(
              new Tier(List.of("graz"), new Found.ByDefault()),
              new Tier(
                  List.of("berlin", "bratislava", "moon", "sydney", "vienna"),
                  new Found.Otherwise())),
          locate(new PrefixTableBuilder(), Geography.UNKNOWN).tiers());
    }

    @Test
    void whenTheDefaultSiteIsNotThere_thenAllSitesAreEqual() {
      ClientLocator locator =
          new ClientLocator(PrefixTable.EMPTY, new Sites(sites), Geography.UNKNOWN, "atlantis");

      assertEquals(1, locator.locate(CLIENT).tiers().size());
    }

    @Test
    void whenThereIsNoSite_thenThereIsNoTier() {
      ClientLocator locator =
          new ClientLocator(
              PrefixTable.EMPTY, new Sites(List.of()), address -> Optional.of(VIENNA), null);

      assertThat(locator.locate(CLIENT).tiers()).isEmpty();
    }
  }

  @Test
  void aLocationExplainsItself() {
    PrefixTableBuilder routes = new PrefixTableBuilder();
    routes.add(
        IpPrefix.parse("10.1.0.0/16"),
        new RouteOrigin("berlin", 200, 2, 64_500, 7, RouteSource.MRT));
    routes.add(IpPrefix.parse("10.0.0.0/8"), RouteOrigin.said("graz", 100, RouteSource.CSV));

    ClientLocation location = locate(routes, address -> Optional.of(VIENNA));
    assertEquals(
        List.of(
            "tier 0: prefix 10.1.0.0/16 of berlin (mrt, preference 200, 2 networks away by"
                + " AS64500, MED 7)",
            "tier 1: prefix 10.0.0.0/8 of graz (csv, preference 100)",
            "tier 2: 2 to 55 km from 48.21,16.37",
            "tier 3: 15976 to 15976 km from 48.21,16.37",
            "tier 4: any other site"),
        SiteTiers.of(location, List.of("graz", "vienna", "sydney", "moon")).inWords());
  }

  /** Any fleet, any place: every site once, and nothing that is not a number. */
  @Test
  void everySiteIsInExactlyOneTier() {
    for (long seed = 1; seed <= 500; seed++) {
      RandomPrefixes random = new RandomPrefixes(seed);
      List<SitePlace> fleet = new ArrayList<>();
      for (int i = random.below(40); i > 0; i--) {
        fleet.add(new SitePlace("s" + i, "n", random.below(4) == 0 ? null : place(random)));
      }
      PrefixTableBuilder routes = new PrefixTableBuilder();
      for (int i = random.below(30); i > 0; i--) {
        routes.add(
            IpPrefix.masked(CLIENT.getAddress(), random.below(33)),
            origin("s" + random.below(60), 100, i % 4));
      }
      Coordinates client = place(random);
      ClientLocator locator =
          new ClientLocator(
              routes.build(),
              new Sites(fleet),
              address -> Optional.of(client),
              "s" + random.below(60));

      List<Tier> tiers = locator.locate(CLIENT).tiers();
      List<String> named = tiers.stream().flatMap(tier -> tier.siteIds().stream()).toList();
      assertEquals(fleet.size(), named.size(), "seed " + seed);
      assertEquals(
          new HashSet<>(fleet.stream().map(SitePlace::siteId).toList()),
          new HashSet<>(named),
          "seed " + seed);
      assertThat(tiers).as("seed %d", seed).noneMatch(tier -> tier.siteIds().isEmpty());
      double farthest = 0;
      for (Tier tier : tiers) {
        if (tier.found() instanceof Found.ByDistance distance) {
          assertThat(distance.nearestKilometres())
              .as("seed %d", seed)
              .isBetween(farthest, distance.farthestKilometres());
          farthest = distance.farthestKilometres();
          assertThat(farthest).as("seed %d", seed).isLessThan(20_040);
        }
      }
      assertEquals(tiers, locator.locate(CLIENT).tiers(), "seed " + seed);
    }
  }

  /** Poles, the date line, the same place and the opposite one among them. */
  private static Coordinates place(RandomPrefixes random) {
    return new Coordinates(random.below(13) * 15 - 90, random.below(25) * 15 - 180);
  }

  private ClientLocation locate(PrefixTableBuilder routes, Geography geography) {
    return new ClientLocator(routes.build(), new Sites(sites), geography, "graz").locate(CLIENT);
  }

  private static List<List<String>> siteIds(ClientLocation location) {
    return location.tiers().stream().map(Tier::siteIds).toList();
  }

  private static RouteOrigin origin(String siteId, int preference, int pathLength) {
    return new RouteOrigin(siteId, preference, pathLength, 64_500, 0, RouteSource.MRT);
  }

  private static SitePlace site(String siteId, double latitude, double longitude) {
    return site(siteId, new Coordinates(latitude, longitude));
  }

  private static SitePlace site(String siteId, @Nullable Coordinates coordinates) {
    return new SitePlace(siteId, "network", coordinates);
  }
}
