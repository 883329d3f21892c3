package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Scalers, alerts and dashboards ask only for what somebody can check against a live scrape. */
class MetricsTest {
  private static final Path FILE = Path.of("metrics.txt");
  private static final Path RULES = Path.of("components/monitoring/rules");
  private static final Path DASHBOARDS = Path.of("components/monitoring/dashboards");
  private static final Set<String> SERVICES =
      Set.of(
          "api-gateway",
          "playback-service",
          "steering-service",
          "oca-control-plane",
          "oca-node",
          "media-pipeline");

  /** With {@code -Dmanifests.write=true} the file is written anew. */
  @Test
  void the_list_is_every_metric_that_a_scaler_an_alert_or_a_dashboard_names() throws IOException {
    Set<NamedMetric> named = new TreeSet<>();
    for (String expression : expressions()) {
      named.addAll(NamedMetric.in(expression));
    }
    List<String> lines = named.stream().map(NamedMetric::toString).toList();
    if (Boolean.getBoolean("manifests.write")) {
      Files.write(FILE, lines);
    }

    assertThat(named).extracting(NamedMetric::service).isSubsetOf(SERVICES);
    assertThat(Files.readAllLines(FILE))
        .as("k8s/metrics.txt: written anew with -Dmanifests.write=true")
        .isEqualTo(lines);
  }

  @Test
  void every_alert_says_what_it_means_and_where_it_is_told_what_to_do() throws IOException {
    Set<String> names = new HashSet<>();
    for (Map<String, Object> rule : rules()) {
      String name = String.valueOf(rule.get("alert"));
      assertThat(names.add(name)).as("%s is there once", name).isTrue();
      assertThat(name).matches("Tributary[A-Z][A-Za-z]+");
      assertThat(rule.get("labels"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .extractingByKey("severity")
          .as("severity of %s", name)
          .isIn("page", "ticket");
      assertThat(rule.get("annotations"))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .as("annotations of %s", name)
          .containsOnlyKeys("summary", "description", "runbook")
          .containsEntry("runbook", "docs/operations.md#" + name.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void every_service_has_a_dashboard_that_any_data_source_can_be_chosen_for() throws IOException {
    for (String service : SERVICES) {
      JsonObject dashboard =
          JsonParser.parseString(Files.readString(DASHBOARDS.resolve(service + ".json")))
              .getAsJsonObject();
      assertThat(dashboard.get("uid").getAsString()).isEqualTo("tributary-" + service);
      assertThat(Manifest.at(dashboard, "templating", "list").toString())
          .contains("\"type\":\"datasource\"");
      Set<Integer> ids = new HashSet<>();
      for (JsonObject panel : Manifest.list(dashboard, "panels")) {
        String title = service + ": " + panel.get("title").getAsString();
        assertThat(ids.add(panel.get("id").getAsInt())).as("%s has an id", title).isTrue();
        if (panel.get("type").getAsString().equals("row")) {
          continue;
        }
        assertThat(Manifest.at(panel, "datasource", "uid").getAsString())
            .as(title)
            .isEqualTo("${datasource}");
        assertThat(Manifest.at(panel, "fieldConfig", "defaults", "unit").getAsString())
            .as("unit of %s", title)
            .isNotEmpty();
        assertThat(Manifest.list(panel, "targets")).as(title).isNotEmpty();
      }
    }
  }

  @Test
  void metrics_are_found_in_whatever_an_expression_does_with_them() {
    assertThat(
            NamedMetric.in(
                "max_over_time(sum by (le, service) (rate(a_b:c_total{x=\"{}\",service=\"one\"}[5m])"
                    + " / 1e9)[30m:1m]) > bool 0 and on (site) d{service=~\"one|two\"} offset 5m"))
        .extracting(NamedMetric::toString)
        .containsExactly("a_b:c_total one", "d one", "d two");
    assertThatThrownBy(() -> NamedMetric.in("sum(up)")).hasMessageContaining("names no service");
    assertThatThrownBy(() -> NamedMetric.in("up{service!=\"one\"}"))
        .hasMessageContaining("names no service");
  }

  private static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    rules().forEach(rule -> all.add(String.valueOf(rule.get("expr"))));
    for (Path file : files(DASHBOARDS)) {
      collect(JsonParser.parseString(Files.readString(file)), all);
    }
    for (Overlay overlay : Overlay.values()) {
      for (Manifest scaler : overlay.objects("ScaledObject")) {
        for (JsonObject trigger : scaler.list("spec", "triggers")) {
          JsonElement query = Manifest.at(trigger, "metadata", "query");
          if (query != null) {
            all.add(query.getAsString());
          }
        }
      }
    }
    return all;
  }

  /** Every {@code expr} of a dashboard, wherever it is. */
  private static void collect(JsonElement in, List<String> found) {
    if (in.isJsonArray()) {
      in.getAsJsonArray().forEach(each -> collect(each, found));
    } else if (in.isJsonObject()) {
      in.getAsJsonObject()
          .entrySet()
          .forEach(each -> {
            if (each.getKey().equals("expr")) {
              found.add(each.getValue().getAsString());
            } else {
              collect(each.getValue(), found);
            }
          });
    }
  }

  private static List<Map<String, Object>> rules() throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Path file : files(RULES)) {
      Map<String, List<Map<String, List<Map<String, Object>>>>> content =
          new Yaml().load(Files.readString(file));
      content.get("groups").forEach(group -> all.addAll(group.get("rules")));
    }
    return all;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
