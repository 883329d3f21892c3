package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every variable of a container of ours sets something, to a value that its service starts with.
 */
class SettingsTest {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  /** It has arguments instead. */
  private static final Set<String> NO_SPRING = Set.of("object-store");

  @ParameterizedTest
  @EnumSource
  void every_variable_is_a_setting_of_its_service(Overlay overlay) {
    containers(
        overlay,
        (service, variables) -> {
          Set<String> parts = partsOfOthers(variables);
          assertThat(variables.keySet().stream().filter(name -> !parts.contains(name)))
              .as("variables of %s", service)
              .allMatch(service::knows);
        });
  }

  @ParameterizedTest
  @EnumSource
  void every_service_starts_with_its_variables(Overlay overlay) {
    containers(
        overlay,
        (service, variables) ->
            assertThat(service.refusals(expanded(variables)))
                .as("%s", service)
                // A migration has the settings of Cassandra alone: another service's word would be
                // its refusal.
                .allMatch(refusal -> isMigration(variables) && !refusal.contains("cassandra")));
  }

  @Test
  void whenANameIsMisspelt_thenNoServiceKnowsIt() {
    assertThat(ServiceSettings.STEERING_SERVICE.knows("SPRING_KAFKA_BOOTSTRAPSERVERS")).isTrue();
    assertThat(ServiceSettings.STEERING_SERVICE.knows("SPRING_KAFKA_BOOTSTRAPSERVER")).isFalse();
    assertThat(ServiceSettings.OCA_NODE.knows("OCA_CONTROLPLANE_URLS_0")).isTrue();
    assertThat(ServiceSettings.OCA_NODE.knows("OCA_CONTROL_PLANE_URLS")).isFalse();
    assertThat(ServiceSettings.API_GATEWAY.knows("TRIBUTARY_IDENTITY_ISSUERS_0_JWKS")).isTrue();
    assertThat(ServiceSettings.API_GATEWAY.knows("TRIBUTARY_CASSANDRA_CONTACTPOINTS")).isFalse();
  }

  @Test
  void whenAValueIsBad_thenItsServiceWouldRefuseIt() {
    assertThat(
            ServiceSettings.OCA_NODE.refusals(
                Map.of(
                    "OCA_NODEID", "node-1",
                    "OCA_CONTROLPLANE_URLS", "https://node-door:8443",
                    "OCA_CONTROLPLANE_CAFILE", "/secrets/authority-public/authority.pem",
                    "OCA_ENDPOINT", "nowhere")))
        .singleElement()
        .asString()
        .contains("endpoint is nowhere");
  }

  private static boolean isMigration(Map<String, Object> variables) {
    return variables.keySet().stream().noneMatch(name -> name.startsWith("TRIBUTARY_IDENTITY_"));
  }

  private static void containers(
      Overlay overlay, BiConsumer<ServiceSettings, Map<String, Object>> check) {
    int checked = 0;
    for (Manifest object : overlay.objects()) {
      for (JsonObject container : object.containers()) {
        Matcher image =
            Pattern.compile("(?:.*/)?tributary/([a-z-]+):.*")
                .matcher(container.get("image").getAsString());
        if (image.matches() && !NO_SPRING.contains(image.group(1))) {
          check.accept(ServiceSettings.of(image.group(1)), variables(overlay, object, container));
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static Map<String, Object> variables(
      Overlay overlay, Manifest object, JsonObject container) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (JsonObject from : Manifest.list(container, "envFrom")) {
      String name = Objects.requireNonNull(Manifest.at(from, "configMapRef", "name")).getAsString();
      Manifest map = overlay.find("ConfigMap", object.namespace(), name).orElseThrow();
      variables.putAll(Manifest.map(map.json(), "data"));
    }
    for (JsonObject variable : Manifest.list(container, "env")) {
      JsonElement value = variable.get("value");
      // What a pod tells of itself: its name, its ordinal or its machine's address.
      variables.put(variable.get("name").getAsString(), value == null ? "0" : value.getAsString());
    }
    return variables;
  }

  /** Names that are there to be a part of other values. */
  private static Set<String> partsOfOthers(Map<String, Object> variables) {
    Set<String> parts = new LinkedHashSet<>();
    for (Object value : variables.values()) {
      Matcher reference = REFERENCE.matcher(value.toString());
      while (reference.find()) {
        if (!reference.group(1).startsWith("OCA_")) {
          parts.add(reference.group(1));
        }
      }
    }
    return parts;
  }

  /** As the kubelet does it. */
  private static Map<String, Object> expanded(Map<String, Object> variables) {
    Map<String, Object> expanded = new LinkedHashMap<>();
    variables.forEach((name, value) ->
        expanded.put(
            name,
            REFERENCE
                .matcher(value.toString())
                .replaceAll(found -> {
                  Object part = Objects.requireNonNull(variables.get(found.group(1)));
                  return Matcher.quoteReplacement(part.toString());
                })));
    return expanded;
  }
}
