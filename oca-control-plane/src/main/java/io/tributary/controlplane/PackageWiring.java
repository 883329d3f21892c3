package io.tributary.controlplane;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.controlplane.events.KafkaEventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.Announcements;
import io.tributary.controlplane.fill.FillDoor;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.Inventories;
import io.tributary.controlplane.fill.S3SourceSigner;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.placement.Planner;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.settings.ObjectStoreCredentials;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How packages are planned, fetched and confirmed. */
@Configuration(proxyBeanMethods = false)
class PackageWiring {
  @Bean
  Planner planner(
      ControlPlaneProperties properties,
      FleetProperties fleet,
      PlacementStore store,
      RegistryBoard registry,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      Announcements announcements,
      StateTable<NodeVerdict> verdicts) {
    return new Planner(
        properties.placement(),
        store,
        registry,
        packages,
        plans,
        holdings::mayHold,
        announcements,
        verdicts,
        fleet.instance() + "-" + UUID.randomUUID());
  }

  @Bean
  Announcements announcements(
      KafkaEventLog log,
      RegistryBoard registry,
      PlanBoard plans,
      PackageBoard packages,
      HoldingBoard holdings,
      PurgeBoard purges,
      StateTable<PackageHeld> saidHeld,
      StateTable<PackagePlaced> saidPlaced) {
    return new Announcements(
        log, registry, plans, packages, holdings, purges, saidHeld, saidPlaced);
  }

  @Bean
  S3SourceSigner sourceSigner(FleetProperties fleet) throws IOException {
    return new S3SourceSigner(
        fleet.objectStore(), ObjectStoreCredentials.in(fleet.objectStore().credentialsFile()));
  }

  @Bean
  FillDoor fillDoor(
      PlanBoard plans,
      HoldingBoard holdings,
      Announcements announcements,
      S3SourceSigner signer,
      KafkaEventLog log,
      InstantSource clock) {
    return new FillDoor(plans, holdings, new Inventories(), announcements, signer, log, clock);
  }
}
