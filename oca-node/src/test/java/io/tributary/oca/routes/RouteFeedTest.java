package io.tributary.oca.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tributary.contracts.node.Routes.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on when the router's word cannot be taken. */
class RouteFeedTest {
  private static final Duration HOLD = Duration.ofMinutes(3);
  private static final List<Route> ONE = List.of(new Route("192.0.2.0/24", List.of(), null));

  private long nanos;
  private Reading next = new Reading.Away("not there");
  private final RouteFeed feed =
      new RouteFeed(
          new RouteSpeaker() {
            @Override
            public Reading look() {
              return next;
            }

            @Override
            public void close() {}
          },
          Duration.ofSeconds(1),
          HOLD,
          () -> nanos);

  @Test
  void beforeTheRouterWasHeardNothingIsSaidAndAfterTheHoldThatThereAreNone() {
    feed.look();
    assertEquals(HeardRoutes.NOT_YET, feed.heard());

    nanos = HOLD.toNanos();
    feed.look();
    assertEquals(HeardRoutes.of(List.of(), "not there"), feed.heard());
  }

  @Test
  void equalRoutesHaveOneVersionAndOthersAnother() {
    look(new Reading.Whole(ONE));
    long version = feed.heard().version();
    look(new Reading.Whole(List.copyOf(ONE)));
    assertEquals(version, feed.heard().version());

    look(new Reading.Whole(List.of()));
    assertNotEquals(version, feed.heard().version());
  }

  /** One leak must not send a site's viewers away. */
  @Test
  void whatIsRefusedLeavesTheLastGoodRoutesHoweverLong() {
    look(new Reading.Whole(ONE));
    look(RouteList.tooMany(10));
    nanos += 10 * HOLD.toNanos();
    look(RouteList.tooMany(10));

    assertEquals(ONE, feed.heard().routes());
    assertEquals(
        "the router announces more than 10 prefixes (expected: at most oca.routes.max-prefixes)",
        feed.heard().problem());
  }

  @Test
  void aSpeakerThatIsAwayLeavesThemForTheHold() {
    look(new Reading.Whole(ONE));
    nanos += HOLD.toNanos() - 1;
    look(new Reading.Away("gone"));
    assertEquals(HeardRoutes.of(ONE, "gone"), feed.heard());

    nanos += 1;
    feed.look();
    assertEquals(HeardRoutes.of(List.of(), "gone"), feed.heard());
  }

  private void look(Reading reading) {
    next = reading;
    feed.look();
  }
}
