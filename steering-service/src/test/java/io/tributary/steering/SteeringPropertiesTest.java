package io.tributary.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.snapshot.FeedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Every name and default of {@code steering.*}. */
class SteeringPropertiesTest {
  private static final Path PLAY_KEYS = Path.of("/keys/media-public.jwks");

  @Test
  void givenNoSettings_whenBound_thenTheDefaultsAreTheCodes() throws IOException {
    assertEquals(
        new SteeringProperties(
            Path.of("state"),
            FeedConfig.DEFAULTS,
            NearnessConfig.DEFAULTS,
            DecisionLogConfig.DEFAULTS,
            new FaceConfig(
                "127.0.0.1", 8084, PLAY_KEYS, FaceConfig.DEFAULT_TTL, FaceConfig.DEFAULT_CALM_TTL),
            ExternalCdnConfig.NONE),
        bind(Map.of()));
  }

  @Test
  void givenTheFleetsSettings_whenBound_thenTheyWin() throws IOException {
    SteeringProperties bound =
        bind(
            Map.of(
                "steering.state-directory",
                "/var/lib/steering",
                "steering.feed.settling",
                "2s",
                "steering.nearness.route-files",
                "/etc/routes/a.csv,/etc/routes/b.csv"));

    assertEquals(Path.of("/var/lib/steering"), bound.stateDirectory());
    assertEquals(FeedConfig.DEFAULTS.saveInterval(), bound.feed().saveInterval());
    assertEquals(
        List.of(Path.of("/etc/routes/a.csv"), Path.of("/etc/routes/b.csv")),
        bound.nearness().routeFiles());
  }

  @Test
  void givenABadValue_whenBound_thenItsNameItsValueAndWhatWasExpected() {
    BindException refused =
        assertThrows(BindException.class, () -> bind(Map.of("steering.feed.save-interval", "0s")));

    assertThat(refused).hasRootCauseMessage("save-interval is PT0S (expected: 10ms to 1m)");
  }

  @Test
  void givenDumpsWithoutTheirPeers_whenBound_thenRefused() {
    BindException refused =
        assertThrows(
            BindException.class, () -> bind(Map.of("steering.nearness.table-dumps", "a.mrt")));

    assertThat(refused)
        .hasRootCauseMessage("peer-file is empty (expected: a file, since table-dumps has some)");
  }

  @Test
  void givenNoKeysOfPlays_whenBound_thenRefused() {
    BindException refused =
        assertThrows(BindException.class, () -> bind(Map.of("steering.face.play-keys-file", "")));

    assertThat(refused).hasRootCauseMessage("play-keys-file is missing (expected: a file)");
  }

  @Test
  void givenACalmTtlBelowTheOther_whenBound_thenRefused() {
    BindException refused =
        assertThrows(BindException.class, () -> bind(Map.of("steering.face.calm-ttl", "3s")));

    assertThat(refused).hasRootCauseMessage("calm-ttl is PT3S (expected: ttl to 5m)");
  }

  @Test
  void givenAnExternalCdnWithoutACap_whenBound_thenRefused() {
    BindException refused =
        assertThrows(
            BindException.class,
            () -> bind(Map.of("steering.external-cdn.base-url", "https://cdn.example/media")));

    assertThat(refused)
        .hasRootCauseMessage(
            "max-bits-per-second is 0 (expected: 1 or more, since base-url is set)");
  }

  @Test
  void givenABaseUrlThatNoPathCanFollow_whenBound_thenRefused() {
    for (String bad :
        List.of("https://cdn.example/", "cdn.example", "https://cdn.example/media?key=1")) {
      BindException refused =
          assertThrows(
              BindException.class, () -> bind(Map.of("steering.external-cdn.base-url", bad)));

      assertThat(refused)
          .hasRootCauseMessage(
              "base-url is "
                  + bad
                  + " (expected: http(s)://host:port/path without a slash at its end, or nothing)");
    }
  }

  private static SteeringProperties bind(Map<String, Object> settings) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    // Neither this machine's nor what a broker in another test of this process left behind.
    sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    Map<String, Object> told = new LinkedHashMap<>(settings);
    told.putIfAbsent("steering.face.play-keys-file", PLAY_KEYS.toString());
    sources.addFirst(new MapPropertySource("settings", told));
    for (PropertySource<?> yaml :
        new YamlPropertySourceLoader().load("yaml", new ClassPathResource("application.yml"))) {
      sources.addLast(yaml);
    }
    return Binder.get(environment).bind("steering", SteeringProperties.class).get();
  }
}
