package io.tributary.description;

import io.tributary.controlplane.ControlPlaneApplication;
import io.tributary.gateway.GatewayApplication;
import io.tributary.oca.OcaNodeApplication;
import io.tributary.pipeline.PipelineApplication;
import io.tributary.playback.PlaybackApplication;
import io.tributary.steering.SteeringApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The processes that Spring starts, with what they bind. */
enum ConfiguredService {
  API_GATEWAY("api-gateway", GatewayApplication.class, "GATEWAY_ADMIN_PORT"),
  PLAYBACK_SERVICE("playback-service", PlaybackApplication.class, "PLAYBACK_ADMIN_PORT"),
  STEERING_SERVICE("steering-service", SteeringApplication.class, "STEERING_FACE_PORT"),
  OCA_CONTROL_PLANE(
      "oca-control-plane", ControlPlaneApplication.class, "CONTROLPLANE_NODEDOOR_PORT"),
  OCA_NODE("oca-node", OcaNodeApplication.class, "OCA_SERVE_PORT"),
  MEDIA_PIPELINE("media-pipeline", PipelineApplication.class, "");

  /** Found once: looking for them takes longer than all that is done with them. */
  private static final Map<ConfiguredService, Map<String, Class<?>>> RECORDS =
      new ConcurrentHashMap<>();

  private final String module;
  private final Class<?> main;
  private final String secondPort;

  ConfiguredService(String module, Class<?> main, String secondPort) {
    this.module = module;
    this.main = main;
    this.secondPort = secondPort;
  }

  /** What its process runs. */
  Class<?> main() {
    return main;
  }

  /** The variable of the port of its other door; empty if it has none. */
  String secondPort() {
    return secondPort;
  }

  String module() {
    return module;
  }

  /** The records that settings are bound to, by what the settings begin with. */
  Map<String, Class<?>> records() {
    return RECORDS.computeIfAbsent(this, ConfiguredService::found);
  }

  private static Map<String, Class<?>> found(ConfiguredService service) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(EnableConfigurationProperties.class));
    Map<String, Class<?>> records = new TreeMap<>();
    for (BeanDefinition each : scanner.findCandidateComponents(service.main.getPackageName())) {
      Class<?> wiring = ClassUtils.resolveClassName(String.valueOf(each.getBeanClassName()), null);
      for (Class<?> type : wiring.getAnnotation(EnableConfigurationProperties.class).value()) {
        records.put(prefix(type), type);
      }
    }
    return records;
  }

  private static String prefix(Class<?> type) {
    ConfigurationProperties bound = type.getAnnotation(ConfigurationProperties.class);
    return bound.prefix().isEmpty() ? bound.value() : bound.prefix();
  }

  /** What {@code application.yml} says, by the settings' names; what it leaves empty is empty. */
  Map<String, Object> defaults() {
    return read("application.yml");
  }

  /** What a fleet on one machine is told beside that. */
  Map<String, Object> localDefaults() {
    return read("application-local.yml");
  }

  private Map<String, Object> read(String file) {
    Path path = ApiFile.ROOT.resolve(module).resolve("src/main/resources").resolve(file);
    Map<String, Object> values = new TreeMap<>();
    if (!Files.exists(path)) {
      return values;
    }
    try {
      List<?> sources = new YamlPropertySourceLoader().load(file, new FileSystemResource(path));
      for (Object source : sources) {
        if (source instanceof EnumerablePropertySource<?> named) {
          for (String name : named.getPropertyNames()) {
            values.put(name, String.valueOf(named.getProperty(name)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
