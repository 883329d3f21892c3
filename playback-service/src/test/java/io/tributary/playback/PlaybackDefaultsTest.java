package io.tributary.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bearer.IdentityConfig;
import io.tributary.playback.PlaybackProperties.AdminListener;
import io.tributary.playback.TributaryProperties.Cassandra;
import io.tributary.playback.catalogue.ObjectStoreConfig;
import io.tributary.playback.lastknown.LastKnownConfig;
import io.tributary.playback.plays.PlayRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** Fixes every default and every property's name. */
class PlaybackDefaultsTest {
  @Test
  void applicationYmlCarriesTheDefaults() throws Exception {
    assertThat(bound("playback", PlaybackProperties.class))
        .isEqualTo(
            new PlaybackProperties(
                new AdminListener("127.0.0.1", 8182),
                List.of(URI.create("http://127.0.0.1:8083")),
                Duration.ofSeconds(5),
                "signing-keys.json",
                URI.create("http://127.0.0.1:8080"),
                "state",
                PlayRules.DEFAULTS,
                LastKnownConfig.DEFAULTS));
    assertThat(bound("tributary", TributaryProperties.class))
        .isEqualTo(
            new TributaryProperties(
                "local",
                "playback-service",
                new IdentityConfig(List.of(), IdentityConfig.DEFAULT_AUDIENCE),
                new Cassandra(List.of("127.0.0.1:9042"), "dc1", "dc1:1"),
                ObjectStoreConfig.DEFAULTS));
  }

  @Test
  void aBadValueIsNamedWithWhatWasExpected() {
    assertThatThrownBy(() -> withSteering("http://steering:8080/path", Duration.ofSeconds(5)))
        .hasMessage(
            "playback.steering-urls is http://steering:8080/path (expected: http(s)://host:port)");
    assertThatThrownBy(() -> withSteering("http://steering:8080/", Duration.ofMinutes(2)))
        .hasMessage("playback.steering-resolve-interval is PT2M (expected: 1s to 1m)");
  }

  private static PlaybackProperties withSteering(String url, Duration resolveInterval) {
    return new PlaybackProperties(
        new AdminListener("127.0.0.1", 8182),
        List.of(URI.create(url)),
        resolveInterval,
        "signing-keys.json",
        URI.create("http://127.0.0.1:8080"),
        "state",
        PlayRules.DEFAULTS,
        LastKnownConfig.DEFAULTS);
  }

  private static <T> T bound(String prefix, Class<T> type) throws Exception {
    MutablePropertySources sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load("application", new ClassPathResource("application.yml"))
        .forEach(sources::addLast);
    assertThat(StreamSupport.stream(sources.spliterator(), false).count()).isEqualTo(1);
    return new Binder(ConfigurationPropertySources.from(sources)).bind(prefix, type).get();
  }
}
