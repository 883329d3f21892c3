package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * One set of rules and dashboards, whoever reads it: compose, a Prometheus by hand, an operator.
 */
class MonitoringTest {
  private static final Path MONITORING = Path.of("components/monitoring");
  private static final Path OPERATORS =
      Path.of("components/prometheus-operator/prometheus-rules.yaml");

  @Test
  void every_file_of_rules_and_every_dashboard_is_in_a_config_map() throws IOException {
    Set<String> files = new LinkedHashSet<>();
    for (Path file : files()) {
      files.add(file.getFileName().toString());
    }
    Set<String> mapped = new LinkedHashSet<>();
    for (Manifest map : Overlay.PRODUCTION.objects("ConfigMap")) {
      if (map.name().startsWith("prometheus-rules-") || map.name().startsWith("grafana-")) {
        mapped.addAll(Manifest.map(map.json(), "data").keySet());
      }
    }

    assertThat(mapped)
        .as("files that %s/kustomization.yaml names", MONITORING)
        .containsExactlyInAnyOrderElementsOf(files);
  }

  /** With {@code -Dmanifests.write=true} the file is written anew. */
  @Test
  void the_operators_rules_are_the_files_rules() throws IOException {
    List<Object> groups = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".yml")) {
        Map<String, List<Object>> rules = new Yaml().load(Files.readString(file));
        groups.addAll(rules.get("groups"));
      }
    }
    if (Boolean.getBoolean("manifests.write")) {
      write(groups);
    }
    Map<String, Map<String, Object>> written = new Yaml().load(Files.readString(OPERATORS));

    assertThat(written.get("spec")).containsEntry("groups", groups);
  }

  @Test
  void every_scaler_asks_for_a_service_that_it_scales() {
    for (Overlay overlay : Overlay.values()) {
      for (Manifest scaler : overlay.objects("ScaledObject")) {
        for (JsonObject trigger : scaler.list("spec", "triggers")) {
          JsonElement query = Manifest.at(trigger, "metadata", "query");
          if (query != null) {
            assertThat(query.getAsString())
                .as("%s", scaler)
                .contains("service=\"" + scaler.text("spec", "scaleTargetRef", "name") + "\"");
          }
        }
      }
    }
  }

  /** A stock operator's Prometheus takes no notice of those without. */
  @Test
  void monitors_and_rules_have_the_label_that_a_prometheus_finds_them_by() {
    for (Overlay overlay : List.of(Overlay.PRODUCTION, Overlay.REGION)) {
      for (String kind : List.of("PodMonitor", "PrometheusRule")) {
        assertThat(overlay.objects(kind))
            .isNotEmpty()
            .allSatisfy(object ->
                assertThat(Manifest.map(object.json(), "metadata", "labels"))
                    .containsOnlyKeys("release"));
      }
    }
  }

  /** KEDA would count a question without an answer as 0, and take replicas out under load. */
  @Test
  void a_scaler_takes_no_answer_for_an_error() {
    int asked = 0;
    for (Overlay overlay : Overlay.values()) {
      for (Manifest scaler : overlay.objects("ScaledObject")) {
        for (JsonObject trigger : scaler.list("spec", "triggers")) {
          if (trigger.get("type").getAsString().equals("prometheus")) {
            assertThat(Manifest.map(trigger, "metadata"))
                .as("%s of %s", scaler, overlay)
                .containsEntry("ignoreNullValues", "false");
            asked++;
          }
        }
      }
    }
    assertThat(asked).isPositive();
  }

  @Test
  void whoever_has_backends_of_their_own_is_sent_to_no_operators() {
    assertThat(Overlay.OWN_BACKENDS.objects())
        .extracting(object -> object.json().toString())
        .noneMatch(object ->
            object.contains("prometheus-operated")
                || object.contains("tributary-kafka")
                || object.contains("tributary-cassandra"));
  }

  private static List<Path> files() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("rules", "dashboards")) {
      Path path = MONITORING.resolve(folder);
      if (Files.exists(path)) {
        try (Stream<Path> files = Files.list(path)) {
          files.sorted().forEach(found::add);
        }
      }
    }
    return found;
  }

  private static void write(List<Object> groups) throws IOException {
    String text = Files.readString(OPERATORS);
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(160);
    options.setIndent(2);
    String head = text.substring(0, text.indexOf("spec:"));
    Files.writeString(
        OPERATORS, head + new Yaml(options).dump(Map.of("spec", Map.of("groups", groups))));
  }
}
