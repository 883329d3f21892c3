package io.tributary.controlplane.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.InMemoryHoldingStore;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.placement.InMemoryPlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.InMemoryPurgeStore;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.routes.RouteDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class HeartbeatDeskTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long OLD_CONFIG = 7;

  @TempDir Path folder;

  /** Else a control plane without keys would have the whole fleet refuse its viewers. */
  @Test
  void givenKeysWereNeverRead_thenANodeKeepsTheConfigurationItHas() throws IOException {
    NodeSettings settings =
        new NodeSettings(
            folder.resolve("keys.json"),
            Duration.ofHours(24),
            1_000_000,
            JsonMapper.builder().build());
    HeartbeatDesk desk = desk(settings);

    assertEquals(OLD_CONFIG, told(desk, 1));

    Files.writeString(folder.resolve("keys.json"), NodeSettingsTest.KEYS);
    settings.refresh();
    assertEquals(settings.current().orElseThrow().configVersion(), told(desk, 2));
  }

  /** Else a fleet that was started together would report together for ever. */
  @Test
  void nodesAreToldWaitsThatDiffer_upToTheInterval() {
    HeartbeatDesk desk =
        desk(
            new NodeSettings(
                folder.resolve("keys.json"),
                Duration.ofHours(24),
                1_000_000,
                JsonMapper.builder().build()));

    List<Long> waits =
        LongStream.rangeClosed(1, 1_000)
            .mapToObj(sequence ->
                desk.hear(new NodeIdentity("n", "s", NOW), heartbeat(sequence), NOW)
                    .nextHeartbeatMillis())
            .sorted()
            .toList();

    assertTrue(waits.getFirst() >= 900 && waits.getFirst() < 910, waits::toString);
    assertTrue(waits.getLast() <= 1_000 && waits.getLast() > 990, waits::toString);
    assertTrue(waits.get(500) > 940 && waits.get(500) < 960, waits::toString);
  }

  private static long told(HeartbeatDesk desk, long sequence) {
    return desk.hear(new NodeIdentity("n", "s", NOW), heartbeat(sequence), NOW).configVersion();
  }

  private static HeartbeatDesk desk(NodeSettings settings) {
    Random random = new Random(1);
    return new HeartbeatDesk(
        Duration.ofSeconds(1),
        () -> random,
        settings,
        new RegistryBoard(new InMemoryRegistry()),
        new PlanBoard(new InMemoryPlacementStore(InstantSource.fixed(NOW))),
        new HoldingBoard(new InMemoryHoldingStore()),
        new PurgeBoard(new InMemoryPurgeStore()),
        new RouteDesk(
            new Unheard(),
            new StateTable<>(Topics.ROUTES, RoutesJudged.class),
            new StateTable<>(Topics.SITES, SiteDescribed.class),
            new RegistryBoard(new InMemoryRegistry())),
        new Unheard());
  }

  private static Heartbeat heartbeat(long sequence) {
    return new Heartbeat(
        "n",
        1,
        sequence,
        NOW,
        "0",
        List.of(new NodeEndpoint("http", "n", 80)),
        NodeCondition.OK,
        null,
        new NodeCapacity(1, 1, 1),
        new NodeLoad(0, 0, 0, 0),
        OLD_CONFIG,
        0,
        0,
        "",
        0,
        0);
  }

  private static final class Unheard implements EventLog {
    @Override
    public void publish(Topic topic, String key, String type, Object data) {}

    @Override
    public void end(Topic topic, String key) {}
  }
}
