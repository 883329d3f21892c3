package io.tributary.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.tributary.backends.Kafka;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.operations.SitesDoor;
import io.tributary.controlplane.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Grants and coordinates from the admin face to a real Kafka, by way of a real Cassandra. */
class SitesIT {
  private static final long PATIENCE_SECONDS = 90;

  @TempDir Path folder;

  /** One was put while Kafka was away, one was there before anybody described sites. */
  @Test
  void whatWasWrittenDownWhileKafkaWasAwayIsSaidOnceItIsThere() throws Exception {
    try (Kafka kafka = Kafka.prepared();
        ConfigurableApplicationContext context =
            ControlPlaneContext.start(folder, kafka.bootstrapServers())) {
      CompletableFuture<Boolean> connected = new CompletableFuture<>();
      context.getBean(CassandraConnection.class).whenConnected(session -> connected.complete(true));
      connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Said said = new Said(context);
      MockMvc door = MockMvcBuilders.standaloneSetup(context.getBean(SitesDoor.class)).build();

      putTo(
          door,
          "networks/uni",
          """
          {"name":"Uni","asn":64500,"prefixes":["192.0.2.0/24","2001:db8::/32"],"originAsns":[64500]}
          """);
      putTo(
          door,
          "sites/campus",
          """
          {"networkId":"uni","name":"Campus","latitude":52.52,"longitude":13.405}
          """);
      context.getBean(Registry.class).putSite(new Site("old", "uni", "Old", null, null));
      kafka.start();

      List<String> prefixes = List.of("192.0.2.0/24", "2001:db8::/32");
      List<Long> origins = List.of(64_500L);
      assertEquals(
          new SiteDescribed("campus", "uni", 52.52, 13.405, prefixes, origins),
          said.await("campus"));
      assertEquals(
          new SiteDescribed("old", "uni", null, null, prefixes, origins), said.await("old"));
    }
  }

  private static void putTo(MockMvc door, String path, String body) throws Exception {
    door.perform(put("/admin/v1/" + path).contentType(APPLICATION_JSON).content(body))
        .andExpect(status().isOk());
  }

  /** What the service has read of the topic. */
  private static final class Said {
    private final Map<String, CompletableFuture<SiteDescribed>> sites = new ConcurrentHashMap<>();

    Said(ConfigurableApplicationContext context) {
      @SuppressWarnings("unchecked") // By its name, as its wiring has it.
      StateTable<SiteDescribed> table = context.getBean("saidSites", StateTable.class);
      table.whenSet(stated -> of(stated.data().siteId()).complete(stated.data()));
    }

    SiteDescribed await(String siteId) throws Exception {
      return of(siteId).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<SiteDescribed> of(String siteId) {
      return sites.computeIfAbsent(siteId, _ -> new CompletableFuture<>());
    }
  }
}
