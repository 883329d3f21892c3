package io.tributary.controlplane;

import io.tributary.bearer.AccessRule;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.controlplane.doors.BodyLimit;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.NodeDoorFilter;
import io.tributary.controlplane.doors.ProblemAdvice;
import io.tributary.controlplane.doors.Problems;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.identity.KnownCertificates;
import io.tributary.controlplane.registry.RegistryBoard;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** The doors, and who passes. */
@Configuration(proxyBeanMethods = false)
class DoorWiring {
  @Bean
  AuthorityKeys authorityKeys(ControlPlaneProperties properties) throws IOException {
    return AuthorityKeys.open(properties.authority());
  }

  @Bean
  CertificateAuthority authority(
      AuthorityKeys keys, ControlPlaneProperties properties, SecureRandom random) {
    return new CertificateAuthority(keys, properties.authority().certificateLifetime(), random);
  }

  @Bean
  NodeDoor nodeDoor(ControlPlaneProperties properties, AuthorityKeys keys) {
    return new NodeDoor(properties.nodeDoor(), keys, ThreadLocalRandom::current);
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
            new NodeDoorFilter(
                door,
                new KnownCertificates(authority, 2 * door.maxConnections()),
                registry,
                problems,
                clock));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<BearerFilter> adminFilter(FleetProperties fleet, InstantSource clock) {
    var filter =
        new FilterRegistrationBean<>(
            new BearerFilter(
                new BearerVerifier(fleet.identity(), clock),
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
}
