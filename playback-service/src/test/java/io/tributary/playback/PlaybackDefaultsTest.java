package io.tributary.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.playback.PlaybackProperties.AdminListener;
import io.tributary.playback.catalogue.ObjectStoreConfig;
import io.tributary.playback.lastknown.LastKnownConfig;
import io.tributary.playback.plays.PlayRules;
import java.net.URI;
import java.nio.file.Path;
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

/** Fixes every default, those of one machine included, and every property's name. */
class PlaybackDefaultsTest {
  /** What must be set everywhere. */
  private static final Map<String, Object> NEEDED =
      Map.of(
          "playback.signing-keys-file", "media.jwks",
          "tributary.object-store.credentials-file", "object-store.properties",
          "tributary.identity.issuers[0].issuer", "https://login.example",
          "tributary.identity.issuers[0].jwks", "https://login.example/jwks");

  @Test
  void applicationYmlCarriesTheDefaults() throws Exception {
    assertThat(bound("playback", PlaybackProperties.class))
        .isEqualTo(
            new PlaybackProperties(
                new AdminListener("127.0.0.1", 8182),
                List.of(URI.create("http://127.0.0.1:8083")),
                Duration.ofSeconds(5),
                "",
                Path.of("media.jwks"),
                URI.create("http://127.0.0.1:8080"),
                Path.of("state"),
                PlayRules.DEFAULTS,
                LastKnownConfig.DEFAULTS));
    assertThat(bound("tributary", TributaryProperties.class))
        .isEqualTo(
            new TributaryProperties(
                "local",
                new IdentityConfig(
                    List.of(
                        new Issuer(
                            "https://login.example", URI.create("https://login.example/jwks"))),
                    IdentityConfig.DEFAULT_AUDIENCE),
                new CassandraConfig(
                    List.of("127.0.0.1:9042"), "dc1", "dc1:1", CassandraSecurity.NONE),
                new ObjectStoreConfig(
                    URI.create("http://127.0.0.1:9000"),
                    "us-east-1",
                    Path.of("object-store.properties"),
                    "packages")));
  }

  @Test
  void aBadValueIsNamedWithWhatWasExpected() {
    assertThatThrownBy(() -> withSteering("http://steering:8080/path", Duration.ofSeconds(5)))
        .hasMessage("steering-urls is [http://steering:8080/path] (expected: http(s)://host:port)");
    assertThatThrownBy(() -> withSteering("http://steering:8080/", Duration.ofMinutes(2)))
        .hasMessage("steering-resolve-interval is PT2M (expected: 1s to 1m)");
  }

  private static PlaybackProperties withSteering(String url, Duration resolveInterval) {
    return new PlaybackProperties(
        new AdminListener("127.0.0.1", 8182),
        List.of(URI.create(url)),
        resolveInterval,
        "",
        Path.of("media.jwks"),
        URI.create("http://127.0.0.1:8080"),
        Path.of("state"),
        PlayRules.DEFAULTS,
        LastKnownConfig.DEFAULTS);
  }

  private static <T> T bound(String prefix, Class<T> type) throws Exception {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(new MapPropertySource("needed", NEEDED));
    for (String file : List.of("application-local.yml", "application.yml")) {
      new YamlPropertySourceLoader()
          .load(file, new ClassPathResource(file))
          .forEach(sources::addLast);
    }
    return new Binder(ConfigurationPropertySources.from(sources)).bind(prefix, type).get();
  }
}
