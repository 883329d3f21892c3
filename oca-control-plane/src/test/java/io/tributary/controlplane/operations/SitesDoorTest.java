package io.tributary.controlplane.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.controlplane.doors.ProblemAdvice;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.registry.SiteAnnouncements;
import io.tributary.controlplane.routes.RouteDesk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class SitesDoorTest {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final List<Object> said = new ArrayList<>();
  private final Told log = new Told(said);
  private final MockMvc door =
      MockMvcBuilders.standaloneSetup(
              new SitesDoor(
                  registry,
                  new SiteAnnouncements(
                      log,
                      registry,
                      new StateTable<>(Topics.SITES, SiteDescribed.class),
                      InstantSource.fixed(Instant.EPOCH)),
                  new RouteDesk(
                      log,
                      new StateTable<>(Topics.ROUTES, RoutesJudged.class),
                      new StateTable<>(Topics.SITES, SiteDescribed.class),
                      new RegistryBoard(registry)),
                  new AuditTrail(log)))
          .setControllerAdvice(new ProblemAdvice())
          .build();

  @Test
  void aNetworkIsWrittenDownWithItsGrantsAndToldWithAllItsSites() throws Exception {
    registry.putSite(new Site("campus", "uni", "Campus", 52.52, 13.405));
    registry.putSite(new Site("elsewhere", "isp", "Elsewhere", null, null));

    putTo(
            "networks/uni",
            """
            {"name":"Uni","asn":64500,"prefixes":["192.0.2.0/24"],"originAsns":[64500]}\
            """)
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.prefixes[0]").value("192.0.2.0/24"))
        .andExpect(jsonPath("$.originAsns[0]").value(64_500));

    assertEquals(
        Optional.of(new Network("uni", "Uni", 64_500, List.of("192.0.2.0/24"), List.of(64_500L))),
        registry.network("uni"));
    assertEquals(
        List.of(
            new AdminActed("nobody", "put-network", "network/uni"),
            new SiteDescribed(
                "campus", "uni", 52.52, 13.405, List.of("192.0.2.0/24"), List.of(64_500L))),
        said);
  }

  @Test
  void aCallerFromBeforeGrantsTakesThemAway() throws Exception {
    registry.putNetwork(
        new Network("uni", "Uni", 64_500, List.of("192.0.2.0/24"), List.of(64_500L)));
    registry.putSite(new Site("campus", "uni", "Campus", 52.52, 13.405));

    putTo("networks/uni", "{\"name\":\"Uni\",\"asn\":64500}").andExpect(status().isOk());
    putTo("sites/campus", "{\"networkId\":\"uni\",\"name\":\"Campus\"}").andExpect(status().isOk());

    assertEquals(
        Optional.of(new Network("uni", "Uni", 64_500, List.of(), List.of())),
        registry.network("uni"));
    assertEquals(
        new SiteDescribed("campus", "uni", null, null, List.of(), List.of()), said.getLast());
  }

  @Test
  void aSiteIsWrittenDownAndToldWithItsNetworksGrants() throws Exception {
    registry.putNetwork(
        new Network("uni", "Uni", 64_500, List.of("192.0.2.0/24"), List.of(64_500L)));

    putTo(
            "sites/campus",
            """
            {"networkId":"uni","name":"Campus","latitude":-33.8568,"longitude":151}\
            """)
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.latitude").value(-33.8568))
        .andExpect(jsonPath("$.longitude").value(151.0));

    assertEquals(
        Optional.of(new Site("campus", "uni", "Campus", -33.8568, 151.0)), registry.site("campus"));
    assertEquals(
        List.of(
            new AdminActed("nobody", "put-site", "site/campus"),
            new SiteDescribed(
                "campus", "uni", -33.8568, 151.0, List.of("192.0.2.0/24"), List.of(64_500L))),
        said);
  }

  @Test
  void whatIsRefusedIsNeitherWrittenDownNorSaid() throws Exception {
    registry.putNetwork(new Network("uni", "Uni", 64_500, List.of(), List.of()));

    assertInvalid(
        putTo("networks/uni", "{\"name\":\"Uni\",\"asn\":0,\"prefixes\":[\"0.0.0.0/0\"]}"),
        "prefixes[0] is 0.0.0.0/0 (expected: /8 or longer)");
    assertInvalid(
        putTo("networks/uni", "{\"name\":\"Uni\",\"asn\":0,\"originAsns\":[0]}"),
        "originAsns[0] is 0 (expected: 1 to 4294967295)");
    assertInvalid(
        putTo("networks/Uni", "{\"name\":\"Uni\",\"asn\":0}"),
        "id is Uni (expected: [a-z0-9][a-z0-9-]{0,63})");
    assertInvalid(
        putTo("sites/campus", "{\"networkId\":\"uni\",\"name\":\"Campus\",\"latitude\":1}"),
        "longitude is missing (expected: one, as there is a latitude)");
    assertInvalid(
        putTo("sites/campus", "{\"networkId\":\"nobodys\",\"name\":\"Campus\"}"),
        "networkId is nobodys (expected: a network that exists)");
    putTo("networks/uni", "{\"name\":\"Uni\",\"asn\":0,\"prefixes\":[null]}")
        .andExpect(status().isBadRequest());

    assertEquals(
        List.of(new Network("uni", "Uni", 64_500, List.of(), List.of())), registry.networks());
    assertEquals(List.of(), registry.sites());
    assertEquals(List.of(), said);
  }

  @Test
  void whatIsThereIsShownAndWhatIsNotIsMissing() throws Exception {
    registry.putNetwork(new Network("uni", "Uni", 64_500, List.of("10.0.0.0/8"), List.of()));
    registry.putSite(new Site("campus", "uni", "Campus", 1.5, -2.5));

    door.perform(get("/admin/v1/networks/uni"))
        .andExpect(jsonPath("$.prefixes[0]").value("10.0.0.0/8"));
    door.perform(get("/admin/v1/networks"))
        .andExpect(jsonPath("$.networks[0].prefixes[0]").value("10.0.0.0/8"));
    door.perform(get("/admin/v1/sites/campus")).andExpect(jsonPath("$.longitude").value(-2.5));
    door.perform(get("/admin/v1/sites")).andExpect(jsonPath("$.sites[0].latitude").value(1.5));
    door.perform(get("/admin/v1/sites/nowhere"))
        .andExpect(status().isNotFound())
        .andExpect(jsonPath("$.detail").value("there is no site nowhere"));
  }

  private ResultActions putTo(String path, String body) throws Exception {
    return door.perform(put("/admin/v1/" + path).contentType(APPLICATION_JSON).content(body));
  }

  private static void assertInvalid(ResultActions answer, String detail) throws Exception {
    answer
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType(APPLICATION_PROBLEM_JSON))
        .andExpect(jsonPath("$.type").value("urn:tributary:problem:invalid"))
        .andExpect(jsonPath("$.detail").value(detail));
  }

  private record Told(List<Object> said) implements EventLog {
    @Override
    public void publish(Topic topic, String key, String type, Object data) {
      said.add(data);
    }

    @Override
    public void end(Topic topic, String key) {
      throw new AssertionError(key);
    }
  }
}
