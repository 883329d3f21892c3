package io.tributary.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.pipeline.ingest.IngestConfig;
import io.tributary.pipeline.packaging.PackagingConfig;
import io.tributary.pipeline.transcoding.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class PipelinePropertiesTest {
  @Test
  void theSettingsFileHoldsEveryDefault() throws IOException {
    assertThat(bind(Map.of(), "pipeline", PipelineProperties.class))
        .isEqualTo(
            new PipelineProperties(
                Path.of("work"),
                "",
                "",
                IngestConfig.DEFAULTS,
                PackagingConfig.DEFAULTS,
                WorkerConfig.DEFAULTS));
    PipelineProperties.Fleet fleet =
        bind(
            Map.of(
                "tributary.identity.issuers[0].issuer", "https://login.example",
                "tributary.identity.issuers[0].jwks", "https://login.example/jwks",
                "tributary.cassandra.contact-points", "db:9042",
                "tributary.cassandra.local-datacenter", "dc1",
                "tributary.cassandra.replication", "dc1:3",
                "tributary.object-store.endpoint", "http://objects:9000",
                "tributary.object-store.credentials-file", "object-store.properties"),
            "tributary",
            PipelineProperties.Fleet.class);
    assertThat(fleet.identity().audience()).isEqualTo("tributary");
    assertThat(fleet.objectStore().packagesBucket()).isEqualTo("packages");
  }

  @Test
  void aBadValueSaysWhatWasExpected() {
    assertThatThrownBy(() ->
            new WorkerConfig(
                Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(5), 1, Duration.ZERO))
        .hasMessage("lease is PT0S (expected: 3s or more)");
  }

  private static <T> T bind(Map<String, Object> overrides, String prefix, Class<T> type)
      throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("defaults", new ClassPathResource("application.yml"))
        .forEach(environment.getPropertySources()::addLast);
    environment.getPropertySources().addFirst(new MapPropertySource("overrides", overrides));
    return Binder.get(environment).bind(prefix, type).get();
  }
}
