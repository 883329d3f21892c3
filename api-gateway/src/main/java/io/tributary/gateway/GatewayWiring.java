package io.tributary.gateway;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.IdentityConfig;
import io.tributary.gateway.doors.AdminDoor;
import io.tributary.gateway.doors.ConnectionGuard;
import io.tributary.gateway.doors.Doors;
import io.tributary.gateway.doors.StopAnnouncement;
import io.tributary.gateway.identity.ContextStamp;
import io.tributary.gateway.identity.LocalIssuer;
import io.tributary.gateway.identity.LocalIssuerHandler;
import io.tributary.gateway.identity.TrustedProxies;
import io.tributary.gateway.page.PageFiles;
import io.tributary.gateway.problem.ProblemWriter;
import io.tributary.gateway.routes.AnswerHeaders;
import io.tributary.gateway.routes.Door;
import io.tributary.gateway.routes.HostAddresses;
import io.tributary.gateway.routes.ReplicaConnections;
import io.tributary.gateway.routes.RouteTable;
import io.tributary.gateway.routes.UpstreamRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of the gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewayProperties.class, FleetProperties.class})
class GatewayWiring {
  /** A local issuer lets everybody in as anybody, so only a fleet on one machine may have one. */
  private static final String LOCAL = "local";

  /** Longest silence of a replica within an answer that has begun. */
  private static final Duration ANSWER_SILENCE = Duration.ofSeconds(30);

  private static final Duration POOL_CHECK = Duration.ofMinutes(1);

  /** Longer than any request, so that a pool without a connection has no use any more. */
  private static final Duration POOL_SILENCE = Duration.ofMinutes(5);

  @Bean
  InstantSource time() {
    return InstantSource.system();
  }

  @Bean
  BearerVerifier bearerVerifier(FleetProperties fleet, InstantSource time) {
    return new BearerVerifier(fleet.identity(), time);
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  PageFiles pageFiles() {
    return new PageFiles();
  }

  @Bean
  RouteTable routeTable(GatewayProperties gateway, PageFiles page) {
    return new RouteTable(!gateway.localIssuerKeyFile().isEmpty(), page.paths());
  }

  @Bean
  Doors doors(
      ApplicationContext context,
      ProblemWriter problems,
      RouteTable table,
      BearerVerifier verifier,
      GatewayProperties gateway,
      FleetProperties fleet,
      InstantSource time) {
    ContextStamp stamp =
        new ContextStamp(
            new TrustedProxies(gateway.trustedProxies()),
            fleet.region(),
            ThreadLocalRandom::current);
    return new Doors(
        context, problems, table, verifier, stamp, gateway.bodies(), gateway.routing(), time);
  }

  /** The public door: Boot's own server serves this handler. */
  @Bean
  HttpHandler httpHandler(Doors doors) {
    return doors.handler(Door.PUBLIC);
  }

  @Bean
  ConnectionGuard publicGuard(GatewayProperties gateway, ProblemWriter problems) {
    return new ConnectionGuard(gateway.connections(), problems);
  }

  @Bean
  ConnectionGuard adminGuard(GatewayProperties gateway, ProblemWriter problems) {
    return new ConnectionGuard(gateway.connections(), problems);
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> publicConnections(
      @Qualifier("publicGuard") ConnectionGuard guard) {
    return factory -> factory.addServerCustomizers(server -> server.doOnChannelInit(guard));
  }

  @Bean
  StopAnnouncement stopAnnouncement(GatewayProperties gateway) {
    return new StopAnnouncement(gateway.stopAnnouncement());
  }

  @Bean
  AdminDoor adminDoor(
      Doors doors, GatewayProperties gateway, @Qualifier("adminGuard") ConnectionGuard guard) {
    return new AdminDoor(gateway.admin(), doors.handler(Door.ADMIN), guard);
  }

  @Bean(initMethod = "start")
  HostAddresses hostAddresses(GatewayProperties gateway) {
    return new HostAddresses(
        gateway.upstreams().byService().values().stream().flatMap(List::stream).toList(),
        gateway.routing().resolveInterval(),
        InetAddress::getAllByName);
  }

  @Bean
  UpstreamRoutes upstreamRoutes(
      GatewayProperties gateway, HostAddresses addresses, InstantSource time) {
    return new UpstreamRoutes(gateway.upstreams().byService(), addresses, gateway.routing(), time);
  }

  @Bean
  MeterBinder figures(
      @Qualifier("publicGuard") ConnectionGuard publicGuard,
      @Qualifier("adminGuard") ConnectionGuard adminGuard,
      UpstreamRoutes routes) {
    return new GatewayMetrics(
        Map.of("public", publicGuard, "admin", adminGuard), routes.counters());
  }

  /** Before the library's own, which would go to whichever address a name has. */
  @Bean
  NettyRoutingFilter replicaRouting(
      HttpClient client,
      ObjectProvider<List<HttpHeadersFilter>> headers,
      HttpClientProperties properties,
      HostAddresses addresses) {
    ReplicaConnections connections = new ReplicaConnections(addresses::all);
    return new NettyRoutingFilter(client, headers, properties) {
      @Override
      public int getOrder() {
        return super.getOrder() - 1;
      }

      @Override
      protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        return connections.towards(super.getHttpClient(route, exchange), exchange);
      }
    };
  }

  /** Addresses come and go for as long as the process lives; their pools must not stay. */
  @Bean
  HttpClientFactory upstreamClientFactory(
      HttpClientProperties properties,
      ServerProperties server,
      HttpClientSslConfigurer ssl,
      List<HttpClientCustomizer> customizers) {
    return new HttpClientFactory(properties, server, ssl, customizers) {
      @Override
      protected ConnectionProvider buildConnectionProvider(HttpClientProperties settings) {
        ConnectionProvider.Builder pools =
            Objects.requireNonNull(super.buildConnectionProvider(settings).mutate(), "pooled");
        return pools.disposeInactivePoolsInBackground(POOL_CHECK, POOL_SILENCE).build();
      }
    };
  }

  @Bean
  AnswerHeaders answerHeaders() {
    return new AnswerHeaders();
  }

  /** Repeats are decided where it is known what may be repeated, not by the client library. */
  @Bean
  HttpClientCustomizer upstreamClient() {
    return client -> client.disableRetry(true).responseTimeout(ANSWER_SILENCE);
  }

  @Bean
  @Order(-10)
  RouterFunction<ServerResponse> page(PageFiles files) {
    return files.routes();
  }

  @Bean
  @Order(-9)
  RouterFunction<ServerResponse> localIssuer(
      GatewayProperties gateway,
      FleetProperties fleet,
      Environment environment,
      JsonMapper json,
      InstantSource time)
      throws IOException {
    String keyFile = gateway.localIssuerKeyFile();
    return keyFile.isEmpty()
        // A router must have a route; this one takes nothing.
        ? RouterFunctions.route(request -> false, any -> ServerResponse.ok().build())
        : RouterFunctions.route(
            RequestPredicates.POST("/auth/local/token"),
            new LocalIssuerHandler(
                localIssuer(Path.of(keyFile), fleet.identity(), environment, time), json));
  }

  private static LocalIssuer localIssuer(
      Path keyFile, IdentityConfig identity, Environment environment, InstantSource time)
      throws IOException {
    List<String> profiles = List.of(environment.getActiveProfiles());
    if (!profiles.equals(List.of(LOCAL))) {
      throw new IllegalArgumentException(
          "gateway.local-issuer-key-file is set in profile "
              + profiles
              + " (expected: only in profile local; elsewhere an OIDC issuer gives tokens)");
    }
    return LocalIssuer.withKeyIn(
        keyFile, identity.issuers().getFirst().issuer(), identity.audience(), time);
  }
}
