package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.gateway.doors.AdminDoorConfig;
import io.tributary.gateway.doors.BodyConfig;
import io.tributary.gateway.doors.ConnectionConfig;
import io.tributary.gateway.routes.RoutingConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** Pins every default and every name of a setting. */
class GatewayPropertiesTest {
  private static final URI PLAYBACK = URI.create("http://127.0.0.1:8082");
  private static final Issuer ISSUER =
      new Issuer("https://login.example", URI.create("https://login.example/jwks"));

  @Test
  void theDefaultsAreThese() throws IOException {
    assertEquals(
        new GatewayProperties(
            AdminDoorConfig.DEFAULTS,
            new GatewayProperties.Upstreams(
                List.of(PLAYBACK), List.of(), List.of(), List.of(), List.of()),
            "",
            List.of(),
            ConnectionConfig.DEFAULTS,
            RoutingConfig.DEFAULTS,
            BodyConfig.DEFAULTS,
            Duration.ZERO),
        gateway(Map.of()));
    assertEquals(
        new FleetProperties(
            "local", new IdentityConfig(List.of(ISSUER), IdentityConfig.DEFAULT_AUDIENCE)),
        binder(
                Map.of(
                    "tributary.identity.issuers[0].issuer", ISSUER.issuer(),
                    "tributary.identity.issuers[0].jwks", ISSUER.jwks().toString()))
            .bind("tributary", FleetProperties.class)
            .get());
  }

  @Test
  void oneOverriddenKeyLeavesTheOthers() throws IOException {
    GatewayProperties gateway =
        gateway(
            Map.of(
                "gateway.routing.max-attempts", "5",
                "gateway.upstreams.playback[0]", "http://127.0.0.1:1/",
                "gateway.upstreams.playback[1]", "http://127.0.0.1:2"));

    assertEquals(5, gateway.routing().maxAttempts());
    assertEquals(RoutingConfig.DEFAULTS.requestTimeout(), gateway.routing().requestTimeout());
    assertThat(gateway.upstreams().playback())
        .containsExactly(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2"));
  }

  @Test
  void aBadValueIsNamedWithWhatWasExpected() {
    assertThatThrownBy(() -> gateway(Map.of("gateway.upstreams.playback", "")))
        .hasRootCauseMessage("playback is empty (expected: http(s)://host:port)");
    assertThatThrownBy(() -> gateway(Map.of("gateway.routing.max-attempts", "0")))
        .hasRootCauseMessage("max-attempts is 0 (expected: 1 to 8)");
    assertThatThrownBy(() -> gateway(Map.of("gateway.routing.resolve-interval", "0s")))
        .hasRootCauseMessage("resolve-interval is PT0S (expected: 1s to 1m)");
    assertThatThrownBy(() -> gateway(Map.of("gateway.upstreams.playback", "http://a:1/path")))
        .hasRootCauseMessage("playback holds http://a:1/path (expected: http(s)://host:port)");
    assertThatThrownBy(() -> gateway(Map.of("gateway.admin.port", "70000")))
        .hasRootCauseMessage("port is 70000 (expected: 0 to 65535)");
    assertThatThrownBy(() -> gateway(Map.of("gateway.stop-announcement", "1m")))
        .hasRootCauseMessage("stop-announcement is PT1M (expected: 0s to 15s)");
  }

  private static GatewayProperties gateway(Map<String, Object> overrides) throws IOException {
    return binder(overrides).bind("gateway", GatewayProperties.class).get();
  }

  private static Binder binder(Map<String, Object> overrides) throws IOException {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(new MapPropertySource("overrides", overrides));
    sources.addLast(
        new MapPropertySource("needed", Map.of("gateway.upstreams.playback", PLAYBACK.toString())));
    new YamlPropertySourceLoader()
        .load("defaults", new ClassPathResource("application.yml"))
        .forEach(sources::addLast);
    return new Binder(ConfigurationPropertySources.from(sources));
  }
}
