package io.tributary.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.controlplane.doors.NodeDoorConfig;
import io.tributary.controlplane.health.DetectorConfig;
import io.tributary.controlplane.identity.AuthorityConfig;
import io.tributary.controlplane.placement.PlacementConfig;
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

class ControlPlaneDefaultsTest {
  @Test
  void everySettingHasThisNameAndDefault() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "needed",
                Map.of(
                    "control-plane.authority.key-store-file", "authority.p12",
                    "control-plane.authority.password-file", "authority.password",
                    "control-plane.media-token-keys-file", "media-token-keys.json")));
    new YamlPropertySourceLoader()
        .load("defaults", new ClassPathResource("application.yml"))
        .forEach(environment.getPropertySources()::addLast);

    assertEquals(
        new ControlPlaneProperties(
            NodeDoorConfig.DEFAULTS,
            new AuthorityConfig(
                Path.of("authority.p12"), Path.of("authority.password"), Duration.ofDays(7)),
            Duration.ofHours(1),
            Path.of("media-token-keys.json"),
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            1_000_000_000,
            1,
            DetectorConfig.DEFAULTS,
            PlacementConfig.DEFAULTS),
        Binder.get(environment).bind("control-plane", ControlPlaneProperties.class).get());
  }
}
