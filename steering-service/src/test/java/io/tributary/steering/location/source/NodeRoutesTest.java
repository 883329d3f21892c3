package io.tributary.steering.location.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.node.Routes.Route;
import io.tributary.steering.location.Grants;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.RouteIntake;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Sites;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeRoutesTest {
  private final RouteIntake intake =
      new RouteIntake(
          new Sites(List.of(new SitePlace("campus", "university", null))),
          new Grants(
              List.of(
                  new NetworkGrant(
                      "university", Set.of(IpPrefix.parse("10.0.0.0/8")), Set.of(64_500L)))));

  @Test
  void onlyWhatIsGrantedCountsAndTheRestIsTold() {
    RoutesJudged page =
        page(
            List.of(
                new Route("10.1.0.0/16", List.of(), null),
                new Route("192.0.2.0/24", List.of(3356L, 64_500L), 20L),
                new Route("0.0.0.0/0", List.of(64_500L), null),
                new Route("8.8.8.0/24", List.of(15_169L), null),
                new Route("10.0.0.1/8", List.of(), null),
                new Route("10.2.0.0/16", List.of(-1L), null),
                new Route("10.3.0.0/16", List.of(), 1L << 40)));

    SourceReport report = new NodeRoutes(intake).read(page);

    assertEquals("node node-1", report.source());
    assertEquals(2, report.routes());
    assertEquals(1, report.setAside(SetAsideReason.TOO_WIDE));
    assertEquals(1, report.setAside(SetAsideReason.NOT_GRANTED));
    assertEquals(3, report.setAside(SetAsideReason.MALFORMED));
    assertThat(report.examples().toString()).contains("8.8.8.0/24", "route 3");
    assertEquals(2, intake.table().size());
  }

  private static RoutesJudged page(List<Route> routes) {
    return new RoutesJudged(
        "node-1", "campus", 7, 1, 0, 1, Instant.EPOCH, routes, 0, List.of(), null);
  }
}
