package io.tributary.controlplane;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.bearer.AccessRule;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.Topics;
import io.tributary.controlplane.BackgroundWork.Part;
import io.tributary.controlplane.doors.BodyLimit;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.NodeDoorFilter;
import io.tributary.controlplane.doors.ProblemAdvice;
import io.tributary.controlplane.doors.Problems;
import io.tributary.controlplane.enrolment.CassandraEnrolmentTokens;
import io.tributary.controlplane.enrolment.EnrolmentDoor;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.events.KafkaConfig;
import io.tributary.controlplane.events.KafkaEventLog;
import io.tributary.controlplane.events.KafkaStateFeed;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.Announcements;
import io.tributary.controlplane.fill.CassandraHoldingStore;
import io.tributary.controlplane.fill.FillDoor;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.Inventories;
import io.tributary.controlplane.fill.S3SourceSigner;
import io.tributary.controlplane.health.HttpEndpointProbe;
import io.tributary.controlplane.health.KafkaDetection;
import io.tributary.controlplane.heartbeat.HeartbeatDesk;
import io.tributary.controlplane.heartbeat.HeartbeatDoor;
import io.tributary.controlplane.heartbeat.NodeSettings;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.operations.AdminDoor;
import io.tributary.controlplane.operations.FleetViews;
import io.tributary.controlplane.placement.CassandraPlacementStore;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.placement.Planner;
import io.tributary.controlplane.registry.CassandraRegistry;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.topics.KafkaTopicCreation;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of the control plane. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ControlPlaneProperties.class, FleetProperties.class})
class ControlPlaneWiring {
  private static final String KEYSPACE = "control";

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  // Identity and doors.

  @Bean
  AuthorityKeys authorityKeys(ControlPlaneProperties properties) {
    return AuthorityKeys.open(properties.authority());
  }

  @Bean
  CertificateAuthority authority(
      AuthorityKeys keys, ControlPlaneProperties properties, SecureRandom random) {
    return new CertificateAuthority(keys, properties.authority().certificateLifetime(), random);
  }

  @Bean
  NodeDoor nodeDoor(ControlPlaneProperties properties, AuthorityKeys keys) {
    return new NodeDoor(properties.nodeDoor(), keys);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> nodeDoorOpens(NodeDoor door) {
    return factory -> factory.addAdditionalConnectors(door.connector());
  }

  @Bean
  Problems problems(JsonMapper json) {
    return new Problems(json);
  }

  @Bean
  ProblemAdvice problemAdvice() {
    return new ProblemAdvice();
  }

  @Bean
  FilterRegistrationBean<NodeDoorFilter> nodeDoorFilter(
      NodeDoor door,
      CertificateAuthority authority,
      RegistryBoard registry,
      Problems problems,
      InstantSource clock) {
    var filter =
        new FilterRegistrationBean<>(
            new NodeDoorFilter(door, authority, registry, problems, clock));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<BearerFilter> adminFilter(FleetProperties fleet, InstantSource clock) {
    var filter =
        new FilterRegistrationBean<>(
            new BearerFilter(
                new BearerVerifier(fleet.identity().config(), clock),
                request ->
                    BearerFilter.path(request).startsWith(NodeDoor.PATHS)
                        ? new AccessRule.Open()
                        : AccessRule.operators()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(Problems problems) {
    var filter = new FilterRegistrationBean<>(new BodyLimit(problems));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
    return filter;
  }

  // Stores and what is kept of them in memory.

  @Bean
  CassandraConnection cassandra(FleetProperties fleet) {
    FleetProperties.Cassandra at = fleet.cassandra();
    return CassandraConnection.open(
        new CassandraConfig(at.contactPoints(), at.localDatacenter(), at.replication(), KEYSPACE),
        "cql/control");
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

  // Kafka.

  @Bean
  KafkaConfig kafkaConfig(
      @Value("${spring.kafka.bootstrap-servers}") List<String> bootstrapServers,
      ControlPlaneProperties properties) {
    return new KafkaConfig(bootstrapServers, properties.topicReplicationFactor());
  }

  @Bean(destroyMethod = "")
  KafkaEventLog eventLog(
      KafkaConfig kafka, FleetProperties fleet, InstantSource clock, JsonMapper json) {
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
  StateTable<PackagePublished> published(PackageBoard packages) {
    var table = new StateTable<>(Topics.PACKAGES, PackagePublished.class);
    table.whenSet(packages::learn);
    return table;
  }

  @Bean(destroyMethod = "")
  KafkaStateFeed stateFeed(KafkaConfig kafka, List<StateTable<?>> tables, JsonMapper json) {
    return new KafkaStateFeed(kafka, tables, json);
  }

  @Bean(destroyMethod = "")
  KafkaTopicCreation topicCreation(KafkaConfig kafka) {
    return new KafkaTopicCreation(kafka);
  }

  // Features.

  @Bean
  Enrolments enrolments(
      CertificateAuthority authority,
      ControlKeyspace keyspace,
      Registry registry,
      SecureRandom random,
      ControlPlaneProperties properties) {
    return new Enrolments(
        authority,
        new CassandraEnrolmentTokens(keyspace),
        registry,
        random,
        properties.enrolmentTokenLifetime());
  }

  @Bean
  EnrolmentDoor enrolmentDoor(Enrolments enrolments, InstantSource clock) {
    return new EnrolmentDoor(enrolments, clock);
  }

  @Bean
  NodeSettings nodeSettings(ControlPlaneProperties properties, JsonMapper json) {
    return new NodeSettings(
        properties.mediaTokenKeysFile(),
        properties.scrubPass(),
        properties.fillBitsPerSecond(),
        json);
  }

  @Bean
  HeartbeatDesk heartbeatDesk(
      ControlPlaneProperties properties,
      NodeSettings settings,
      RegistryBoard registry,
      PlanBoard plans,
      HoldingBoard holdings,
      KafkaEventLog log) {
    return new HeartbeatDesk(
        properties.heartbeatInterval(), settings, registry, plans, holdings, log);
  }

  @Bean
  HeartbeatDoor heartbeatDoor(HeartbeatDesk desk, NodeSettings settings, InstantSource clock) {
    return new HeartbeatDoor(desk, settings, clock);
  }

  @Bean
  Announcements announcements(
      KafkaEventLog log,
      RegistryBoard registry,
      PlanBoard plans,
      PackageBoard packages,
      HoldingBoard holdings,
      StateTable<PackageHeld> saidHeld,
      StateTable<PackagePlaced> saidPlaced) {
    return new Announcements(log, registry, plans, packages, holdings, saidHeld, saidPlaced);
  }

  @Bean
  S3SourceSigner sourceSigner(FleetProperties fleet) {
    return new S3SourceSigner(fleet.objectStore());
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

  @Bean
  HttpEndpointProbe endpointProbe() {
    return new HttpEndpointProbe();
  }

  @Bean(destroyMethod = "")
  KafkaDetection detection(
      KafkaConfig kafka,
      ControlPlaneProperties properties,
      StateTable<NodeVerdict> verdicts,
      RegistryBoard registry,
      NodeSettings settings,
      HttpEndpointProbe probe,
      KafkaEventLog log,
      InstantSource clock,
      JsonMapper json) {
    return new KafkaDetection(
        kafka,
        properties.detector(),
        properties.heartbeatInterval(),
        verdicts,
        registry,
        settings::currentVersion,
        probe,
        log,
        clock,
        json);
  }

  @Bean
  MeterBinder figures(KafkaDetection detection, KafkaEventLog log, Planner planner) {
    return meters -> {
      Gauge.builder(
              "control_plane_expiry_withheld", detection, each -> each.isWithholding() ? 1 : 0)
          .description("1 while more nodes are silent than may be given up at once")
          .register(meters);
      Gauge.builder("control_plane_verdicts_frozen", detection, each -> each.isFrozen() ? 1 : 0)
          .description("1 while the feed of facts is not proven alive")
          .register(meters);
      Gauge.builder("control_plane_packages_short", planner, Planner::shortfalls)
          .description("packages with fewer copies planned than wanted")
          .register(meters);
      FunctionCounter.builder("control_plane_events_lost", log, KafkaEventLog::lost)
          .description("events that Kafka did not take in time")
          .register(meters);
    };
  }

  @Bean
  Planner planner(
      ControlPlaneProperties properties,
      FleetProperties fleet,
      PlacementStore store,
      RegistryBoard registry,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      StateTable<NodeVerdict> verdicts) {
    return new Planner(
        properties.placement(),
        store,
        registry,
        packages,
        plans,
        holdings::mayHold,
        verdicts,
        fleet.instance() + "-" + UUID.randomUUID());
  }

  @Bean
  FleetViews fleetViews(
      Registry registry,
      RegistryBoard nodes,
      StateTable<NodeVerdict> verdicts,
      HeartbeatDesk heartbeats,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      Announcements announcements) {
    return new FleetViews(
        registry, nodes, verdicts, heartbeats, packages, plans, holdings, announcements);
  }

  @Bean
  AdminDoor adminDoor(
      Registry registry,
      Enrolments enrolments,
      FleetViews views,
      KafkaEventLog log,
      InstantSource clock) {
    return new AdminDoor(registry, enrolments, views, log, clock);
  }

  @Bean(destroyMethod = "")
  ControlLoop controlLoop(
      RegistryBoard registry,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      NodeSettings settings,
      Planner planner,
      Announcements announcements,
      InstantSource clock) {
    return new ControlLoop(
        List.of(
            settings::refresh,
            registry::refresh,
            () -> packages.refresh(clock.instant()),
            plans::refresh,
            holdings::refresh,
            () -> {
              if (planner.tick(clock.instant())) {
                announcements.look();
              }
            }),
        planner::stop);
  }

  @Bean
  BackgroundWork backgroundWork(
      KafkaEventLog log,
      KafkaTopicCreation topics,
      KafkaStateFeed states,
      KafkaDetection detection,
      ControlLoop loop) {
    return new BackgroundWork(
        List.of(
            new Part(() -> {}, log),
            new Part(topics::start, topics),
            new Part(states::start, states),
            new Part(detection::start, detection),
            new Part(loop::start, loop)));
  }
}
