package io.tributary.controlplane.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteAnnouncementsTest {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final List<String> PREFIXES = List.of("192.0.2.0/24", "2001:db8::/32");
  private static final List<Long> ORIGINS = List.of(64_500L);
  private static final Network NETWORK = new Network("uni", "Uni", 64_500, PREFIXES, ORIGINS);
  private static final Network ELSEWHERE =
      new Network("isp", "ISP", 64_501, List.of("198.51.100.0/24"), List.of());
  private static final Site CAMPUS = new Site("campus", "uni", "Campus", 52.52, 13.405);
  private static final Site LIBRARY = new Site("library", "uni", "Library", null, null);
  private static final Site FAR = new Site("far", "isp", "Far", null, null);
  private static final SiteDescribed CAMPUS_SAID =
      new SiteDescribed("campus", "uni", 52.52, 13.405, PREFIXES, ORIGINS);
  private static final SiteDescribed LIBRARY_SAID =
      new SiteDescribed("library", "uni", null, null, PREFIXES, ORIGINS);
  private static final SiteDescribed FAR_SAID =
      new SiteDescribed("far", "isp", null, null, List.of("198.51.100.0/24"), List.of());

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Kafka kafka = new Kafka();
  private final SiteAnnouncements announcements =
      new SiteAnnouncements(kafka, registry, kafka.table, () -> kafka.now);

  SiteAnnouncementsTest() {
    registry.putNetwork(NETWORK);
    registry.putNetwork(ELSEWHERE);
    registry.putSite(CAMPUS);
    registry.putSite(LIBRARY);
    registry.putSite(FAR);
  }

  @Test
  void aSiteThatIsWrittenDownIsDescribedAtOnce() {
    announcements.changed(CAMPUS, NETWORK);

    assertEquals(Map.of("campus", CAMPUS_SAID), kafka.said());
  }

  @Test
  void aNetworkThatIsWrittenDownDescribesAllItsSitesAndNoOthers() {
    announcements.changed(NETWORK);

    assertEquals(Map.of("campus", CAMPUS_SAID, "library", LIBRARY_SAID), kafka.said());
  }

  /** From before sites were described, or after the topic was lost. */
  @Test
  void sitesThatWereNeverDescribedAre() {
    kafka.isRead();

    look();
    assertEquals(Map.of(), kafka.said(), "it may be on its way");
    look();

    assertEquals(
        Map.of("campus", CAMPUS_SAID, "library", LIBRARY_SAID, "far", FAR_SAID), kafka.said());
    assertEquals(3, kafka.events);
  }

  @Test
  void whatIsSaidAlreadyIsNotSaidAgain() {
    kafka.isRead();
    announcements.changed(NETWORK);
    announcements.changed(ELSEWHERE);

    look();
    look();
    look();

    assertEquals(3, kafka.events);
  }

  @Test
  void untilTheTopicIsReadNobodyKnowsWhatIsMissing() {
    look();
    look();
    look();

    assertEquals(0, kafka.events);
  }

  @Test
  void whatKafkaDidNotTakeIsSaidOnceItIsBack() {
    kafka.isRead();
    announcements.changed(NETWORK);
    announcements.changed(ELSEWHERE);
    Network withdrawn = new Network("uni", "Uni", 64_500, List.of(), List.of());
    kafka.isAway = true;
    registry.putNetwork(withdrawn);
    announcements.changed(withdrawn);
    look();
    look();
    assertEquals(CAMPUS_SAID, kafka.said().get("campus"));

    kafka.isAway = false;
    look();
    look();

    assertEquals(
        new SiteDescribed("campus", "uni", 52.52, 13.405, List.of(), List.of()),
        kafka.said().get("campus"));
    assertEquals(
        new SiteDescribed("library", "uni", null, null, List.of(), List.of()),
        kafka.said().get("library"));
  }

  @Test
  void aSiteThatIsGoneIsEnded() {
    kafka.isRead();
    announcements.changed(NETWORK);
    announcements.changed(ELSEWHERE);
    kafka.publish(
        Topics.SITES,
        "gone",
        SiteDescribed.TYPE,
        new SiteDescribed("gone", "uni", null, null, PREFIXES, ORIGINS));

    look();
    assertTrue(kafka.said().containsKey("gone"));
    look();

    assertEquals(
        Map.of("campus", CAMPUS_SAID, "library", LIBRARY_SAID, "far", FAR_SAID), kafka.said());
  }

  /** Its network is written down by another replica while we look. */
  @Test
  void aDifferenceThatIsAnotherAtEachLookIsStillOnItsWay() {
    kafka.isRead();
    announcements.changed(ELSEWHERE);
    announcements.changed(NETWORK);
    registry.putNetwork(new Network("isp", "ISP", 64_501, List.of("203.0.113.0/24"), List.of()));
    look();
    registry.putNetwork(new Network("isp", "ISP", 64_501, List.of("203.0.113.0/25"), List.of()));
    look();
    assertEquals(FAR_SAID, kafka.said().get("far"));

    look();

    assertEquals(
        new SiteDescribed("far", "isp", null, null, List.of("203.0.113.0/25"), List.of()),
        kafka.said().get("far"));
  }

  @Test
  void aSiteOfNoKnownNetworkMayAnnounceNothing() {
    kafka.isRead();
    registry.putSite(new Site("lost", "nobodys", "Lost", 1.0, 2.0));

    look();
    look();

    assertEquals(
        new SiteDescribed("lost", "nobodys", 1.0, 2.0, List.of(), List.of()),
        kafka.said().get("lost"));
  }

  @Test
  void theRegistryIsReadEachFiveSecondsHoweverOftenALookIsAsked() {
    kafka.isRead();
    for (int second = 0; second < 5; second++) {
      announcements.look();
      kafka.now = kafka.now.plusSeconds(1);
    }
    assertEquals(0, kafka.events);

    announcements.look();

    assertEquals(3, kafka.events);
  }

  /** Each call of the log waits while Kafka is away; an operator and the control loop do not. */
  @Test
  void aNetworkOfManySitesKeepsNobodyWaitingLongerThanASecond() {
    for (int i = 0; i < 100; i++) {
      registry.putSite(new Site("s" + i, "uni", "One of many", null, null));
    }
    kafka.isRead();
    kafka.isAway = true;

    Instant before = kafka.now;
    announcements.changed(NETWORK);
    assertEquals(Duration.ofSeconds(1), Duration.between(before, kafka.now));

    look();
    before = kafka.now;
    announcements.look();
    assertEquals(Duration.ofSeconds(1), Duration.between(before, kafka.now));

    kafka.now = kafka.now.plus(BETWEEN_LOOKS);
    kafka.isAway = false;
    look();
    look();
    assertEquals(103, kafka.said().size());
  }

  private void look() {
    announcements.look();
    kafka.now = kafka.now.plus(BETWEEN_LOOKS);
  }

  /** A topic that is read as soon as it is written; while it is away, a write takes its time. */
  private static final class Kafka implements EventLog {
    private static final Duration WAIT = Duration.ofMillis(250);

    private final StateTable<SiteDescribed> table =
        new StateTable<>(Topics.SITES, SiteDescribed.class);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean isAway;
    private int events;

    void isRead() {
      table.complete();
    }

    Map<String, SiteDescribed> said() {
      Map<String, SiteDescribed> said = new TreeMap<>();
      table.all().forEach((siteId, stated) -> said.put(siteId, stated.data()));
      return said;
    }

    @Override
    public void publish(Topic topic, String key, String type, Object data) {
      assertEquals(SiteDescribed.TYPE, type);
      write(topic, key, (SiteDescribed) data);
    }

    @Override
    public void end(Topic topic, String key) {
      write(topic, key, null);
    }

    private void write(Topic topic, String key, @Nullable SiteDescribed data) {
      assertEquals(Topics.SITES, topic);
      if (isAway) {
        now = now.plus(WAIT);
        return;
      }
      events++;
      table.accept(
          key,
          data == null
              ? null
              : new Event<>(
                  "e", now, SiteDescribed.TYPE, 1, "r", null, null, null, Cohort.REAL, data));
    }
  }
}
