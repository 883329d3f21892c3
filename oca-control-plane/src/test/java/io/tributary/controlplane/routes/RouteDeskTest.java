package io.tributary.controlplane.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.RoutesJudged.Refusal;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.contracts.node.Routes;
import io.tributary.contracts.node.Routes.Route;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteDeskTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final NodeIdentity NODE = new NodeIdentity("n1", "campus", NOW);
  private static final Route OURS = new Route("80.64.0.0/12", List.of(), 5L);
  private static final Route LEAKED = new Route("8.8.8.0/24", List.of(15_169L), null);

  private final StateTable<RoutesJudged> judged =
      new StateTable<>(Topics.ROUTES, RoutesJudged.class);
  private final StateTable<SiteDescribed> sites =
      new StateTable<>(Topics.SITES, SiteDescribed.class);
  private final RegistryBoard registry = new RegistryBoard(new InMemoryRegistry());
  private final RouteDesk desk = new RouteDesk(new Kafka(), judged, sites, registry);

  RouteDeskTest() {
    granted("80.64.0.0/12");
    judged.complete();
    sites.complete();
  }

  @Test
  void whatCountsIsPassedOnAndTheRestIsKeptWithItsReason() {
    assertTrue(desk.isWanted(NODE, 7));
    take(new Routes("n1", 7, List.of(OURS, LEAKED), 0, 1, null));

    RoutesJudged told = judged.get("n1/0").orElseThrow().data();
    assertEquals(List.of(OURS), told.accepted());
    assertEquals(
        List.of(
            new Refusal(
                "8.8.8.0/24",
                "neither it nor its origin AS15169 is granted to network isp"
                    + " (expected: a prefix or origin that the operator has granted)")),
        told.refusals());
    assertFalse(desk.isWanted(NODE, 7));
    assertEquals(1, desk.of("campus").nodes().getFirst().refused());
    assertEquals(List.of(), desk.of("elsewhere").nodes());
  }

  @Test
  void anotherVersionOrAnotherGrantIsAskedFor() {
    take(new Routes("n1", 7, List.of(OURS, LEAKED), 0, 1, null));
    assertTrue(desk.isWanted(NODE, 8));

    granted("80.64.0.0/12", "8.8.8.0/24");
    assertTrue(desk.isWanted(NODE, 7));
    take(new Routes("n1", 7, List.of(OURS, LEAKED), 0, 1, null));
    assertEquals(0, desk.of("campus").nodes().getFirst().refused());
    assertFalse(desk.isWanted(NODE, 7));
  }

  @Test
  void pagesThatAreNoMoreAreTakenBackAndALostOneIsAskedForAgain() {
    take(new Routes("n1", 7, List.of(OURS), 0, 3, null));
    take(new Routes("n1", 7, List.of(), 2, 3, null));
    assertTrue(desk.isWanted(NODE, 7));
    take(new Routes("n1", 7, List.of(), 1, 3, null));
    assertFalse(desk.isWanted(NODE, 7));

    take(new Routes("n1", 8, List.of(OURS), 0, 1, null));
    assertEquals(Set.of("n1/0"), judged.all().keySet());
  }

  /** Two replicas took pages, and the second did not know yet of what the first one took. */
  @Test
  void aPageThatWasNotSeenWhenItEndedIsTakenBackAtTheNextHeartbeat() {
    take(new Routes("n1", 8, List.of(), 0, 1, null));
    judged.accept(
        "n1/1",
        event(
            new RoutesJudged("n1", "campus", 7, 1, 1, 2, NOW, List.of(OURS), 0, List.of(), null)));

    assertFalse(desk.isWanted(NODE, 8));
    assertEquals(Set.of("n1/0"), judged.all().keySet());
  }

  @Test
  void aNodeWithoutRoutesTakesThemBackAndOneThatHasNotHeardYetDoesNot() {
    take(new Routes("n1", 7, List.of(OURS), 0, 1, null));
    assertFalse(desk.isWanted(NODE, -1));
    assertEquals(Set.of("n1/0"), judged.all().keySet());

    assertFalse(desk.isWanted(NODE, 0));
    assertEquals(Set.of(), judged.all().keySet());
  }

  @Test
  void routesOfANodeThatIsNoMoreAreTakenBack() {
    take(new Routes("n1", 7, List.of(OURS), 0, 1, null));
    desk.look();
    assertEquals(Set.of("n1/0"), judged.all().keySet(), "the registry was not read yet");

    registry.refresh();
    desk.look();
    assertEquals(Set.of(), judged.all().keySet());
  }

  @Test
  void aLeakIsShownByItsFirstRoutes() {
    List<Route> leak =
        IntStream.range(0, Routes.MAX_PREFIXES_A_PAGE)
            .mapToObj(i -> new Route("9." + i / 256 + "." + i % 256 + ".0/24", List.of(), null))
            .toList();
    take(new Routes("n1", 7, leak, 0, 1, "too\nmany"));

    RoutesJudged told = judged.get("n1/0").orElseThrow().data();
    assertEquals(Routes.MAX_PREFIXES_A_PAGE, told.refused());
    assertEquals(RoutesJudged.MAX_REFUSALS, told.refusals().size());
    assertEquals("too many", told.problem());
  }

  @Test
  void whatIsNoPageIsRefused() {
    assertEquals(
        Optional.of("page is 1 of 1 (expected: from 0, below pages, which are at most 20)"),
        desk.take(NODE, new Routes("n1", 7, List.of(), 1, 1, null), NOW));
    assertEquals(
        Optional.of("routesVersion is 0 (expected: above 0)"),
        desk.take(NODE, new Routes("n1", 0, List.of(), 0, 1, null), NOW));
    assertEquals(
        Optional.of("prefixes has 1001 entries (expected: at most 1000)"),
        desk.take(NODE, new Routes("n1", 7, Collections.nCopies(1_001, OURS), 0, 1, null), NOW));
  }

  private void take(Routes page) {
    assertEquals(Optional.empty(), desk.take(NODE, page, NOW));
  }

  private void granted(String... prefixes) {
    sites.accept(
        "campus",
        event(new SiteDescribed("campus", "isp", null, null, List.of(prefixes), List.of())));
  }

  private static <T> Event<T> event(T data) {
    return new Event<>("id", NOW, "type", 1, "local", null, null, null, Cohort.REAL, data);
  }

  /** As it comes back from Kafka. */
  private final class Kafka implements EventLog {
    @Override
    public void publish(Topic topic, String key, String type, Object data) {
      assertEquals(Topics.ROUTES, topic);
      judged.accept(key, event((RoutesJudged) data));
    }

    @Override
    public void end(Topic topic, String key) {
      judged.accept(key, null);
    }
  }
}
