package io.tributary.steering.nearness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.node.Routes;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Tier;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.KnownSite;
import io.tributary.steering.snapshot.SnapshotFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in a temporary directory; the fleet has sites s1 and s2. */
class NearnessFeedTest {
  private static final String CLIENT = "192.0.2.0";

  private final Fleet fleet = new Fleet();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    SnapshotFixture.fill(fleet, now);
  }

  @Test
  void givenNoFiles_whenMade_thenEverySiteIsAsNearAsAnyOther() {
    NearnessFeed feed = feed(List.of(), "");

    assertEquals(List.of(List.of("s1", "s2")), sites(feed));
  }

  @Test
  void givenAListOfRoutes_whenItIsReplaced_thenTheNextLookFollows() throws IOException {
    Path routes = Files.writeString(folder.resolve("routes.csv"), "192.0.2.0/24,s2\n");
    NearnessFeed feed = feed(List.of(routes), "");
    assertEquals(List.of(List.of("s2"), List.of("s1")), sites(feed));

    Files.writeString(routes, "192.0.2.0/24,s1\n198.51.100.0/24,s2\n");
    later(feed, Duration.ofSeconds(9));
    assertEquals(1, feed.get().prefixes());
    later(feed, Duration.ofSeconds(1));

    assertEquals(2, feed.get().prefixes());
    assertEquals(List.of(List.of("s1"), List.of("s2")), sites(feed));
  }

  @Test
  void givenAFileThatBreaks_whenLookedAt_thenTheLastGoodOneGoesOnAndItIsTold() throws IOException {
    Path zones =
        Files.writeString(
            folder.resolve("zones.json"),
            "{\"coverageZones\":{\"s2\":{\"network\":[\"192.0.2.0/24\"]}}}");
    NearnessFeed feed = feed(List.of(), zones.toString());
    Files.writeString(zones, "{\"coverageZones\":{\"s2\":{\"netw");
    later(feed, Duration.ofSeconds(10));

    assertEquals(List.of(List.of("s2"), List.of("s1")), sites(feed));
    assertThat(feed.get().reports().getFirst().problem().orElseThrow())
        .contains("the last one that was whole is used");

    NearnessFeed restarted = feed(List.of(), zones.toString());
    assertEquals(List.of(List.of("s2"), List.of("s1")), sites(restarted));
  }

  @Test
  void givenWhatARouterAnnounces_whenItIsWithdrawn_thenTheNextSecondFollows() {
    SitePlace place = new SitePlace("s2", "isp", null);
    NetworkGrant grant = new NetworkGrant("isp", Set.of(IpPrefix.parse("192.0.2.0/24")), Set.of());
    RoutesJudged page =
        new RoutesJudged(
            "n2",
            "s2",
            7,
            1,
            0,
            1,
            now,
            List.of(
                new Routes.Route("192.0.2.0/24", List.of(64_501L), 5L),
                new Routes.Route("198.51.100.0/24", List.of(64_501L), 5L)),
            0,
            List.of(),
            null);
    fleet.swap(fleet.snapshot().edit().put(new KnownSite(place, grant)).put(page).done());
    NearnessFeed feed = feed(List.of(), "");

    assertEquals(List.of(List.of("s2"), List.of("s1")), sites(feed));
    assertEquals(1, feed.get().prefixes());
    assertEquals(
        1, feed.get().reports().getFirst().setAside(SetAsideReason.NOT_GRANTED), "grants of now");

    fleet.swap(fleet.snapshot().edit().removeRoutes("n2/0").done());
    feed.refresh();

    assertEquals(0, feed.get().prefixes());
    assertEquals(List.of(List.of("s1", "s2")), sites(feed));
  }

  @Test
  void givenNothingChanged_whenLookedAt_thenItIsTheSame() throws IOException {
    Path routes = Files.writeString(folder.resolve("routes.csv"), "192.0.2.0/24,s2\n");
    NearnessFeed feed = feed(List.of(routes), "");
    Nearness before = feed.get();

    later(feed, Duration.ofSeconds(30));

    assertSame(before, feed.get());
  }

  @Test
  void givenAFileThatStaysBroken_whenLookedAt_thenItIsToldOnce() throws IOException {
    Path routes = folder.resolve("missing.csv");
    NearnessFeed feed = feed(List.of(routes), "");
    Nearness before = feed.get();
    assertThat(before.reports().getFirst().problem().orElseThrow()).contains("cannot be read");

    later(feed, Duration.ofSeconds(30));
    assertSame(before, feed.get());

    Files.writeString(routes, "192.0.2.0/24,s2\n");
    later(feed, Duration.ofSeconds(10));
    assertEquals(1, feed.get().prefixes());
  }

  @Test
  void givenASiteIsDescribed_whenLookedAt_thenItIsFoundAtOnce() throws IOException {
    Path routes = Files.writeString(folder.resolve("routes.csv"), "192.0.2.0/24,new\n");
    NearnessFeed feed = feed(List.of(routes), "");
    assertEquals(1, feed.get().reports().getFirst().setAside(SetAsideReason.UNKNOWN_SITE));

    SnapshotFixture.describe(
        fleet,
        new SitePlace("new", "uni", new Coordinates(1, 2)),
        new NetworkGrant("uni", Set.of(), Set.of()));
    later(feed, Duration.ofSeconds(1));

    assertEquals(List.of(List.of("new"), List.of("s1", "s2")), sites(feed));
  }

  @Test
  void givenAPrefixLongerThanWhatIsKeptOfClients_whenRead_thenItIsSetAside() throws IOException {
    Path routes = Files.writeString(folder.resolve("routes.csv"), "192.0.2.0/25,s2\n");
    NearnessFeed feed = feed(List.of(routes), "");

    assertEquals(0, feed.get().prefixes());
    assertEquals(1, feed.get().reports().getFirst().setAside(SetAsideReason.TOO_NARROW));
  }

  private void later(NearnessFeed feed, Duration by) {
    now = now.plus(by);
    feed.refresh();
  }

  private NearnessFeed feed(List<Path> routeFiles, String zones) {
    NearnessConfig config =
        new NearnessConfig(routeFiles, zones, List.of(), "", "", "", Duration.ofSeconds(10));
    NearnessFeed feed = new NearnessFeed(config, fleet, folder.resolve("state"), () -> now);
    feed.refresh();
    return feed;
  }

  private static List<List<String>> sites(NearnessFeed feed) {
    return feed.get().locator().locate(InetAddress.ofLiteral(CLIENT)).tiers().stream()
        .map(Tier::siteIds)
        .toList();
  }
}
