package io.tributary.controlplane;

import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraMetrics;
import io.tributary.cassandra.Schema;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.event.Topics;
import io.tributary.controlplane.events.KafkaEventLog;
import io.tributary.controlplane.events.KafkaStateFeed;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.CassandraHoldingStore;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.placement.CassandraPlacementStore;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.CassandraPurgeStore;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.CassandraRegistry;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.registry.SiteAnnouncements;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.topics.KafkaTopicCreation;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.KafkaServers;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Cassandra, Kafka, and what is kept of them in memory. */
@Configuration(proxyBeanMethods = false)
class StateWiring {
  static final Schema SCHEMA = new Schema("control", "cql/control");

  @Bean
  CassandraConnection cassandra(FleetProperties fleet) throws IOException {
    return CassandraConnection.open(fleet.cassandra(), SCHEMA);
  }

  @Bean
  CassandraMetrics cassandraMetrics(CassandraConnection cassandra) {
    return new CassandraMetrics(cassandra);
  }

  @Bean
  ControlKeyspace keyspace(CassandraConnection cassandra) {
    return new ControlKeyspace(cassandra);
  }

  @Bean
  Registry registry(ControlKeyspace keyspace) {
    return new CassandraRegistry(keyspace);
  }

  @Bean
  RegistryBoard registryBoard(Registry registry) {
    return new RegistryBoard(registry);
  }

  @Bean
  PlacementStore placementStore(ControlKeyspace keyspace, JsonMapper json) {
    return new CassandraPlacementStore(keyspace, json);
  }

  @Bean
  PlanBoard planBoard(PlacementStore store) {
    return new PlanBoard(store);
  }

  @Bean
  PackageBoard packageBoard(PlacementStore store) {
    return new PackageBoard(store);
  }

  @Bean
  HoldingBoard holdingBoard(ControlKeyspace keyspace, JsonMapper json) {
    return new HoldingBoard(new CassandraHoldingStore(keyspace, json));
  }

  @Bean
  PurgeBoard purgeBoard(ControlKeyspace keyspace, JsonMapper json) {
    return new PurgeBoard(new CassandraPurgeStore(keyspace, json));
  }

  @Bean
  KafkaAccess kafka(KafkaServers servers) throws IOException {
    return servers.access();
  }

  @Bean(destroyMethod = "")
  KafkaEventLog eventLog(
      KafkaAccess kafka, FleetProperties fleet, InstantSource clock, JsonMapper json) {
    return new KafkaEventLog(kafka, fleet.region(), clock, json);
  }

  @Bean
  StateTable<NodeVerdict> verdicts() {
    return new StateTable<>(Topics.NODE_VERDICTS, NodeVerdict.class);
  }

  @Bean
  StateTable<PackageHeld> saidHeld() {
    return new StateTable<>(Topics.NODE_HOLDINGS, PackageHeld.class);
  }

  @Bean
  StateTable<PackagePlaced> saidPlaced() {
    return new StateTable<>(Topics.PLACEMENTS, PackagePlaced.class);
  }

  @Bean
  StateTable<SiteDescribed> saidSites() {
    return new StateTable<>(Topics.SITES, SiteDescribed.class);
  }

  @Bean
  StateTable<RoutesJudged> judgedRoutes() {
    return new StateTable<>(Topics.ROUTES, RoutesJudged.class);
  }

  @Bean
  SiteAnnouncements siteAnnouncements(
      KafkaEventLog log,
      Registry registry,
      StateTable<SiteDescribed> saidSites,
      InstantSource clock) {
    return new SiteAnnouncements(log, registry, saidSites, clock);
  }

  @Bean
  StateTable<PackagePublished> published(PackageBoard packages) {
    var table = new StateTable<>(Topics.PACKAGES, PackagePublished.class);
    table.whenSet(packages::learn);
    return table;
  }

  @Bean(destroyMethod = "")
  KafkaStateFeed stateFeed(KafkaAccess kafka, List<StateTable<?>> tables, JsonMapper json) {
    return new KafkaStateFeed(kafka, tables, json);
  }

  @Bean(destroyMethod = "")
  KafkaTopicCreation topicCreation(KafkaAccess kafka, ControlPlaneProperties properties) {
    return new KafkaTopicCreation(kafka, properties.topicReplicationFactor());
  }
}
