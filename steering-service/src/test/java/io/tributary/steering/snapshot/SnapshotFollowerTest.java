package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.Routes.Route;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.snapshot.SnapshotFollower.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SnapshotFollowerTest {
  private static final String VERDICTS = "tributary.node-verdicts";
  private static final String HOLDINGS = "tributary.node-holdings";
  private static final String SITES = "tributary.sites";
  private static final String ROUTES = "tributary.routes";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final PackageRef TEARS = new PackageRef("tears", "p1");

  private final Fleet fleet = new Fleet();
  private final SetAsideRecords setAside = new SetAsideRecords();
  private final SnapshotFollower follower = follower(fleet, null);

  @Nested
  class GivenAFirstReading {
    @Test
    void whenItHasNotReachedTheEnds_thenNothingIsDecidedFromIt() {
      recognise(follower, "a");
      follower.apply(List.of(judged(0, "n1", "healthy")));
      follower.endReached(VERDICTS, NOW);

      follower.endReached(SITES, NOW);
      follower.endReached(ROUTES, NOW);
      assertFalse(fleet.isUsable());
      follower.endReached(HOLDINGS, NOW);
      assertTrue(fleet.isUsable());
    }

    @Test
    void whenOnlyLoadChanges_thenTheSnapshotIsTheSame() {
      follower.apply(List.of(judged(0, "n1", "healthy")));
      FleetSnapshot before = fleet.snapshot();

      String busier = verdict("n1", "s1", "healthy").replace("5000000", "7000000");
      follower.apply(List.of(new StateRecord(VERDICTS, 0, 1, "n1", busier)));

      assertSame(before, fleet.snapshot());
      assertEquals(7_000_000, fleet.loads().of("n1").egressBitsPerSecond());
    }

    @Test
    void whenARecordIsBad_thenTheLastGoodVersionGoesOnAndTheReasonIsKept() {
      follower.apply(List.of(judged(0, "n1", "healthy"), hold(0, "n1")));
      follower.apply(
          List.of(new StateRecord(VERDICTS, 0, 1, "n1", "nonsense"), judged(2, "n2", "draining")));

      assertEquals(Set.of("n1", "n2"), fleet.snapshot().nodes().keySet());
      assertEquals(1, setAside.count());
      assertEquals("tributary.node-verdicts-0@1", setAside.newest().getFirst().where());
      assertEquals(OptionalLong.of(3), follower.nextOffset(VERDICTS, 0));
    }

    @Test
    void whenASiteIsDescribed_thenItIsKnownUntilItIsTakenBack() {
      follower.apply(
          List.of(new StateRecord(SITES, 0, 0, "campus", site("campus", "192.0.2.0/24"))));

      KnownSite campus = Objects.requireNonNull(fleet.snapshot().sites().get("campus"));
      assertEquals(new SitePlace("campus", "uni", new Coordinates(52.52, 13.405)), campus.place());
      assertEquals(Set.of(IpPrefix.parse("192.0.2.0/24")), campus.grant().prefixes());

      follower.apply(List.of(new StateRecord(SITES, 0, 1, "campus", site("campus", "nonsense"))));
      assertEquals(campus, fleet.snapshot().sites().get("campus"));
      assertEquals(1, setAside.count());

      follower.apply(List.of(new StateRecord(SITES, 0, 2, "campus", null)));
      assertEquals(Set.of(), fleet.snapshot().sites().keySet());
    }

    @Test
    void whenRoutesAreTold_thenTheyAreKnownUntilTheyAreTakenBack() {
      follower.apply(List.of(new StateRecord(ROUTES, 0, 0, "n1/0", routes("n1", 0))));
      RoutesJudged page = Objects.requireNonNull(fleet.snapshot().routes().get("n1/0"));
      assertEquals(List.of(new Route("192.0.2.0/24", List.of(64_500L), 5L)), page.accepted());

      follower.apply(
          List.of(
              new StateRecord(ROUTES, 0, 1, "n1/0", routes("n2", 0)),
              new StateRecord(ROUTES, 0, 2, "n1/0", routes("n1", 1)),
              new StateRecord(ROUTES, 0, 3, "n1/0", "nonsense")));
      assertEquals(page, fleet.snapshot().routes().get("n1/0"));
      assertEquals(3, setAside.count());

      follower.apply(List.of(new StateRecord(ROUTES, 0, 4, "n1/0", null)));
      assertEquals(Set.of(), fleet.snapshot().routes().keySet());
    }

    @Test
    void whenAFactIsTakenBack_thenItIsGone() {
      follower.apply(List.of(judged(0, "n1", "healthy"), hold(0, "n1")));
      follower.apply(
          List.of(
              new StateRecord(VERDICTS, 0, 1, "n1", null),
              new StateRecord(HOLDINGS, 0, 1, "n1/tears/p1", null)));

      assertThat(fleet.snapshot().nodes()).isEmpty();
      assertThat(fleet.snapshot().holders(TEARS)).isEmpty();
      assertEquals(0, fleet.snapshot().packages());
      assertEquals(0, fleet.snapshot().holdings());
    }
  }

  @Nested
  class GivenASavedSnapshot {
    @Test
    void whenTheTopicsAreTheSame_thenReadingGoesOnAndNothingIsLost() {
      SnapshotImage image = saved();
      Fleet restarted = new Fleet();
      SnapshotFollower next = follower(restarted, image);
      recognise(next, "a");

      assertTrue(restarted.isUsable());
      assertEquals(OptionalLong.of(1), next.nextOffset(VERDICTS, 0));
      assertFalse(next.isBehind(VERDICTS));
      assertEquals(Optional.of(Duration.ofMinutes(5)), restarted.age(NOW.plusSeconds(300)));
      assertEquals(image, next.image());
    }

    @Test
    void whenATopicWasCreatedAgain_thenItIsReadFromItsBeginningAndTheUnseenIsDropped() {
      Fleet restarted = new Fleet();
      SnapshotFollower next = follower(restarted, saved());
      recognise(next, "b");

      assertEquals(OptionalLong.empty(), next.nextOffset(VERDICTS, 0));
      assertThat(next.image().positions()).isEmpty();
      next.apply(List.of(judged(0, "n2", "healthy")));
      next.endReached(VERDICTS, NOW);
      next.settle(NOW.plus(SETTLING).minusMillis(1));
      assertEquals(Set.of("n1", "n2"), restarted.snapshot().nodes().keySet());
      next.settle(NOW.plus(SETTLING));
      assertEquals(Set.of("n2"), restarted.snapshot().nodes().keySet());
      // No holding was named yet: that topic is still being filled.
      assertEquals(Set.of("n1"), restarted.snapshot().holders(TEARS));
    }

    @Test
    void whenTheBrokerLostItsDisk_thenAnEmptyTopicDropsNothing() {
      Fleet restarted = new Fleet();
      SnapshotFollower next = follower(restarted, saved());
      recognise(next, "b");
      next.endReached(VERDICTS, NOW);
      next.endReached(HOLDINGS, NOW);

      next.settle(NOW.plus(Duration.ofDays(1)));

      assertEquals(Set.of("n1"), restarted.snapshot().nodes().keySet());
      assertEquals(Set.of("n1"), restarted.snapshot().holders(TEARS));
    }

    @Test
    void whenItIsTooOld_thenCompactionMayHaveRemovedEndsAndAllIsReadAgain() {
      SnapshotFollower next = follower(new Fleet(), saved());

      next.recognise(VERDICTS, "a", NOW.plus(Duration.ofHours(13)));

      assertEquals(OptionalLong.empty(), next.nextOffset(VERDICTS, 0));
    }

    private SnapshotImage saved() {
      recognise(follower, "a");
      follower.apply(List.of(judged(0, "n1", "healthy"), hold(0, "n1")));
      follower.endReached(VERDICTS, NOW);
      follower.endReached(HOLDINGS, NOW);
      follower.settle(NOW);
      follower.alive(NOW);
      return follower.image();
    }
  }

  /** Copy-on-write against plain sets, and no snapshot ever changes after it was handed out. */
  @Test
  void givenAnySequenceOfFacts_whenApplied_thenTheSnapshotIsWhatTheyAddUpTo() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Set<String> expected = new HashSet<>();
      FleetSnapshot snapshot = FleetSnapshot.EMPTY;
      FleetSnapshot handedOut = snapshot;
      int holdingsThen = 0;
      for (int batch = 0; batch < 20; batch++) {
        FleetSnapshot.Edit edit = snapshot.edit();
        for (int i = 0; i < 20; i++) {
          PackageRef ref = new PackageRef("t" + random.nextInt(20), "p1");
          String nodeId = "n" + random.nextInt(4);
          if (random.nextInt(3) > 0) {
            edit.hold(nodeId, ref);
            expected.add(nodeId + "/" + ref.path());
          } else {
            edit.release(nodeId, ref);
            expected.remove(nodeId + "/" + ref.path());
          }
        }
        snapshot = edit.done();
        if (batch == 10) {
          handedOut = snapshot;
          holdingsThen = expected.size();
        }
      }
      Set<String> found = new HashSet<>();
      snapshot
          .holdersByPackage()
          .forEach((ref, ids) -> ids.forEach(id -> found.add(id + "/" + ref.path())));
      assertEquals(expected, found, "seed " + seed);
      assertEquals(expected.size(), snapshot.holdings(), "seed " + seed);
      assertEquals(snapshot.holdersByPackage().size(), snapshot.packages(), "seed " + seed);
      assertEquals(
          holdingsThen,
          handedOut.holdersByPackage().values().stream().mapToInt(Set::size).sum(),
          "seed " + seed);
    }
  }

  @Test
  void givenAVerdict_whenItChanges_thenTheNextDecisionSeesIt() {
    follower.apply(List.of(judged(0, "n1", "healthy")));
    follower.apply(List.of(judged(1, "n1", "unhealthy")));

    KnownNode node = fleet.snapshot().nodes().get("n1");
    assertThat(node).isNotNull().extracting(KnownNode::health).isEqualTo(NodeHealth.UNHEALTHY);
  }

  private SnapshotFollower follower(Fleet into, @Nullable SnapshotImage image) {
    return new SnapshotFollower(
        into, new FactReader(JsonMapper.builder().build()), setAside, SETTLING, image);
  }

  private static void recognise(SnapshotFollower follower, String generation) {
    follower.recognise(VERDICTS, "v" + generation, NOW);
    follower.recognise(HOLDINGS, "h" + generation, NOW);
  }

  private static StateRecord judged(long offset, String nodeId, String health) {
    return new StateRecord(VERDICTS, 0, offset, nodeId, verdict(nodeId, "s1", health));
  }

  private static StateRecord hold(long offset, String nodeId) {
    return new StateRecord(HOLDINGS, 0, offset, nodeId + "/tears/p1", held(nodeId, "tears", "p1"));
  }

  static String verdict(String nodeId, String siteId, String health) {
    return """
    {"id":"e1","time":"2026-03-01T12:00:00Z","type":"node-verdict","version":1,\
    "region":"local","cohort":"real","data":{"nodeId":"%s","siteId":"%s","health":"%s",\
    "reason":"heard","since":"2026-03-01T11:00:00Z","incarnation":1,"sequence":2,\
    "endpoints":[{"scheme":"http","host":"127.0.0.1","port":21010}],\
    "capacity":{"egressBitsPerSecond":1000000000,"storeBytes":1,"connections":1},\
    "load":{"egressBitsPerSecond":5000000,"connections":1,"storeBytes":1,\
    "fillBitsPerSecond":0},"configVersion":1,"contentVersion":1,\
    "certificateNotAfter":"2026-04-01T12:00:00Z"}}\
    """
        .formatted(nodeId, siteId, health);
  }

  static String site(String siteId, String prefix) {
    return """
    {"eventId":"e1","time":"2026-03-01T12:00:00Z","type":"site-described","version":1,
     "region":"local","data":{"siteId":"%s","networkId":"uni","latitude":52.52,
     "longitude":13.405,"grantedPrefixes":["%s"]}}
    """
        .formatted(siteId, prefix);
  }

  private static String routes(String nodeId, int page) {
    return """
    {"eventId":"e1","time":"2026-03-01T12:00:00Z","type":"routes-judged","version":1,
     "region":"local","data":{"nodeId":"%s","siteId":"campus","routesVersion":7,"grantVersion":1,
     "page":%d,"pages":1,"receivedAt":"2026-03-01T12:00:00Z","refused":0,
     "accepted":[{"prefix":"192.0.2.0/24","asPath":[64500],"med":5}]}}
    """
        .formatted(nodeId, page);
  }

  static String held(String nodeId, String titleId, String packageVersion) {
    return """
    {"id":"e2","time":"2026-03-01T12:00:00Z","type":"package-held","version":1,\
    "region":"local","cohort":"real","data":{"nodeId":"%s","titleId":"%s",\
    "packageVersion":"%s","contentVersion":1}}\
    """
        .formatted(nodeId, titleId, packageVersion);
  }
}
