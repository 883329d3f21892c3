package io.tributary.controlplane;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.controlplane.BackgroundWork.Part;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.events.KafkaEventLog;
import io.tributary.controlplane.events.KafkaStateFeed;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.Announcements;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.health.KafkaDetection;
import io.tributary.controlplane.heartbeat.HeartbeatDesk;
import io.tributary.controlplane.heartbeat.NodeSettings;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.operations.AdminDoor;
import io.tributary.controlplane.operations.AuditTrail;
import io.tributary.controlplane.operations.FleetViews;
import io.tributary.controlplane.operations.PurgeViews;
import io.tributary.controlplane.operations.PurgesDoor;
import io.tributary.controlplane.operations.SitesDoor;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.placement.Planner;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.registry.SiteAnnouncements;
import io.tributary.controlplane.routes.RouteDesk;
import io.tributary.controlplane.topics.KafkaTopicCreation;
import io.tributary.settings.KafkaServers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Builds every object of the control plane, together with the other {@code …Wiring} of this
 * package; here are those that go beyond one of its features.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  ControlPlaneProperties.class,
  FleetProperties.class,
  KafkaServers.class
})
class ControlPlaneWiring {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
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
      AuditTrail audit,
      InstantSource clock) {
    return new AdminDoor(registry, enrolments, views, audit, clock);
  }

  @Bean
  SitesDoor sitesDoor(
      Registry registry, SiteAnnouncements announcements, RouteDesk routes, AuditTrail audit) {
    return new SitesDoor(registry, announcements, routes, audit);
  }

  @Bean
  PurgesDoor purgesDoor(
      PurgeBoard purges,
      Registry registry,
      RegistryBoard nodes,
      StateTable<NodeVerdict> verdicts,
      PlanBoard plans,
      PackageBoard packages,
      Announcements announcements,
      AuditTrail audit,
      InstantSource clock) {
    return new PurgesDoor(
        purges,
        new PurgeViews(purges, registry, nodes, verdicts, plans),
        packages,
        announcements,
        audit,
        clock);
  }

  @Bean
  AuditTrail auditTrail(KafkaEventLog log) {
    return new AuditTrail(log);
  }

  @Bean
  MeterBinder figures(
      KafkaDetection detection,
      KafkaEventLog log,
      Planner planner,
      NodeDoor door,
      AuthorityKeys keys) {
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
      Gauge.builder("control_plane_node_door_connections", door, NodeDoor::connections)
          .description("a node has one")
          .register(meters);
      Gauge.builder("control_plane_node_door_connections_max", door, NodeDoor::maxConnections)
          .description("one more waits until another is closed")
          .register(meters);
      Gauge.builder("control_plane_node_door_handshakes", door, NodeDoor::handshakes)
          .description(
              "TLS handshakes of nodes and strangers that are under way, with the one that is"
                  + " waited for; at its bound newcomers are let in by ones")
          .register(meters);
      Gauge.builder("control_plane_node_door_in_work", door, NodeDoor::inWork)
          .description("requests of nodes that are worked on now")
          .register(meters);
      FunctionCounter.builder("control_plane_node_door_refused", door, NodeDoor::refused)
          .description(
              "requests of nodes that were told to come again, since too many were in work")
          .register(meters);
      for (String alias : List.of(AuthorityKeys.AUTHORITY, AuthorityKeys.NODE_DOOR)) {
        Gauge.builder(
                "control_plane_certificate_end_seconds",
                keys,
                each -> each.end(alias).getEpochSecond())
            .tag("certificate", alias)
            .description("Unix time")
            .register(meters);
      }
    };
  }

  @Bean
  FleetFigures fleetFigures(
      RegistryBoard registry,
      StateTable<NodeVerdict> verdicts,
      PlanBoard plans,
      HoldingBoard holdings) {
    return new FleetFigures(registry, verdicts, plans, holdings);
  }

  @Bean(destroyMethod = "")
  ControlLoop controlLoop(
      RegistryBoard registry,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      PurgeBoard purges,
      NodeSettings settings,
      Planner planner,
      Announcements announcements,
      SiteAnnouncements sites,
      RouteDesk routes,
      FleetFigures figures,
      InstantSource clock) {
    return new ControlLoop(
        List.of(
            settings::refresh,
            registry::refresh,
            () -> packages.refresh(clock.instant()),
            plans::refresh,
            holdings::refresh,
            purges::refresh,
            () -> {
              if (planner.tick(clock.instant())) {
                announcements.look();
                sites.look();
                routes.look();
              }
            },
            figures::count),
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
