package io.tributary.oca;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.oca.fill.FillRate;
import io.tributary.oca.fill.Filler;
import io.tributary.oca.heartbeat.HeartbeatLoop;
import io.tributary.oca.heartbeat.HttpControlPlane;
import io.tributary.oca.routes.RouteFeed;
import io.tributary.oca.serve.MediaRights;
import io.tributary.oca.serve.MediaServer;
import io.tributary.oca.serve.ServeCounters;
import io.tributary.oca.store.LocalDisk;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.Scrubber;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of the node. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OcaNodeProperties.class)
class OcaNodeWiring {
  /** Until the control plane tells the rate; nothing is fetched before it told a plan. */
  private static final long FIRST_FILL_BITS_PER_SECOND = 1_000_000_000;

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  PackageManifests packageManifests(JsonMapper json) {
    return new PackageManifests(json);
  }

  @Bean
  PackageStore packageStore(
      OcaNodeProperties properties, PackageManifests manifests, InstantSource clock) {
    return new PackageStore(properties.store(), new LocalDisk(), manifests, clock);
  }

  @Bean
  Scrubber scrubber(PackageStore store) {
    return new Scrubber(store);
  }

  @Bean
  ScrubPace scrubPace(OcaNodeProperties properties) {
    return new ScrubPace(properties.scrubPass());
  }

  @Bean
  MediaRights mediaRights(InstantSource clock) {
    return new MediaRights(clock);
  }

  @Bean
  ServeCounters serveCounters() {
    return new ServeCounters();
  }

  // Stopped by the node's lifecycle, in its place.
  @Bean(destroyMethod = "")
  MediaServer mediaServer(
      OcaNodeProperties properties,
      PackageStore store,
      MediaRights rights,
      ServeCounters counters,
      InstantSource clock) {
    return new MediaServer(
        properties.serve(),
        properties.store(),
        properties.nodeId(),
        store,
        rights,
        counters,
        properties.scrubPass(),
        clock);
  }

  @Bean(destroyMethod = "")
  HttpControlPlane controlPlane(OcaNodeProperties properties, JsonMapper json) throws IOException {
    HttpControlPlane controlPlane = new HttpControlPlane(properties.controlPlane(), json);
    controlPlane.checkAuthority();
    return controlPlane;
  }

  @Bean
  FillRate fillRate() {
    return new FillRate(FIRST_FILL_BITS_PER_SECOND);
  }

  @Bean(destroyMethod = "")
  Filler filler(
      OcaNodeProperties properties,
      PackageStore store,
      PackageManifests manifests,
      HttpControlPlane controlPlane,
      FillRate rate,
      InstantSource clock) {
    return new Filler(
        properties.fill(),
        properties.store().deleteAfter(),
        store,
        manifests,
        controlPlane,
        rate,
        clock,
        RandomGenerator.getDefault());
  }

  @Bean(destroyMethod = "")
  RouteFeed routeFeed(OcaNodeProperties properties, JsonMapper json) {
    return RouteFeed.of(properties.routes(), json);
  }

  @Bean
  LocalNode localNode(
      OcaNodeProperties properties,
      PackageStore store,
      MediaRights rights,
      MediaServer server,
      ServeCounters counters,
      Filler filler,
      FillRate rate,
      ScrubPace pace,
      RouteFeed routes) {
    NodeCapacity capacity =
        new NodeCapacity(
            properties.egressBitsPerSecond(),
            properties.store().maxBytes(),
            properties.serve().maxConnections());
    return new LocalNode(capacity, store, rights, server, counters, filler, rate, pace, routes);
  }

  @Bean(destroyMethod = "")
  HeartbeatLoop heartbeatLoop(
      OcaNodeProperties properties,
      JsonMapper json,
      HttpControlPlane controlPlane,
      LocalNode node,
      InstantSource clock) {
    return HeartbeatLoop.overHttps(
        properties.controlPlane(),
        properties.nodeId(),
        properties.enrolmentToken(),
        endpoint(properties.endpoint()),
        properties.softwareVersion(),
        properties.stateDirectory(),
        json,
        controlPlane,
        node,
        clock,
        RandomGenerator.getDefault());
  }

  @Bean
  NodeLifecycle nodeLifecycle(
      PackageStore store,
      Scrubber scrubber,
      ScrubPace pace,
      MediaServer server,
      Filler filler,
      HeartbeatLoop heartbeat,
      LocalNode node,
      RouteFeed routes) {
    return new NodeLifecycle(store, scrubber, pace, server, filler, heartbeat, node, routes);
  }

  @Bean
  MeterBinder nodeMetrics(
      PackageStore store,
      Scrubber scrubber,
      MediaServer server,
      ServeCounters counters,
      Filler filler,
      FillRate rate,
      LocalNode node,
      HeartbeatLoop heartbeat,
      InstantSource clock) {
    return new NodeMetrics(store, scrubber, server, counters, filler, rate, node, heartbeat, clock);
  }

  private static NodeEndpoint endpoint(URI endpoint) {
    int port = endpoint.getPort();
    int shown = port > 0 ? port : endpoint.getScheme().equals("https") ? 443 : 80;
    return new NodeEndpoint(endpoint.getScheme(), endpoint.getHost(), shown);
  }
}
