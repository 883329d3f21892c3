package io.tributary.controlplane;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.controlplane.enrolment.CassandraEnrolmentTokens;
import io.tributary.controlplane.enrolment.EnrolmentDoor;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.events.KafkaEventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.health.HttpEndpointProbe;
import io.tributary.controlplane.health.KafkaDetection;
import io.tributary.controlplane.heartbeat.HeartbeatDesk;
import io.tributary.controlplane.heartbeat.HeartbeatDoor;
import io.tributary.controlplane.heartbeat.NodeSettings;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.routes.RouteDesk;
import io.tributary.controlplane.routes.RouteDoor;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** How nodes join, are heard, and are judged. */
@Configuration(proxyBeanMethods = false)
class NodeWiring {
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
  NodeSettings nodeSettings(ControlPlaneProperties properties, JsonMapper json) throws IOException {
    NodeSettings settings =
        new NodeSettings(
            properties.mediaTokenKeysFile(),
            properties.scrubPass(),
            properties.fillBitsPerSecond(),
            json);
    if (settings.current().isEmpty()) {
      throw new SettingFile(
              "control-plane.media-token-keys-file",
              properties.mediaTokenKeysFile(),
              "a JWK set of public EC keys")
          .unusable(settings.trouble());
    }
    return settings;
  }

  @Bean
  HeartbeatDesk heartbeatDesk(
      ControlPlaneProperties properties,
      NodeSettings settings,
      RegistryBoard registry,
      PlanBoard plans,
      HoldingBoard holdings,
      PurgeBoard purges,
      RouteDesk routes,
      KafkaEventLog log) {
    return new HeartbeatDesk(
        properties.heartbeatInterval(),
        ThreadLocalRandom::current,
        settings,
        registry,
        plans,
        holdings,
        purges,
        routes,
        log);
  }

  @Bean
  RouteDesk routeDesk(
      KafkaEventLog log,
      StateTable<RoutesJudged> judgedRoutes,
      StateTable<SiteDescribed> saidSites,
      RegistryBoard registry) {
    return new RouteDesk(log, judgedRoutes, saidSites, registry);
  }

  @Bean
  RouteDoor routeDoor(RouteDesk desk, InstantSource clock) {
    return new RouteDoor(desk, clock);
  }

  @Bean
  HeartbeatDoor heartbeatDoor(
      HeartbeatDesk desk, NodeSettings settings, PurgeBoard purges, InstantSource clock) {
    return new HeartbeatDoor(desk, settings, purges, clock);
  }

  @Bean
  HttpEndpointProbe endpointProbe() {
    return new HttpEndpointProbe();
  }

  @Bean(destroyMethod = "")
  KafkaDetection detection(
      KafkaAccess kafka,
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
}
