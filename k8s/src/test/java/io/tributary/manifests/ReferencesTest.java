package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** What a manifest names is there. */
class ReferencesTest {
  /** Made by {@code tributaryctl keys make}, and an operator's own; see the README. */
  private static final Set<String> SECRETS =
      Set.of(
          "issuer",
          "issuer-public",
          "media",
          "media-public",
          "object-store",
          "cassandra",
          "kafka",
          "authority",
          "authority-public",
          "enrolment",
          "public-door-tls",
          "admin-door-tls",
          "steering-door-tls");

  @ParameterizedTest
  @EnumSource
  void every_service_selects_a_pod_that_has_its_ports(Overlay overlay) {
    List<Pod> pods = Pod.of(overlay);
    for (Manifest service : overlay.objects("Service")) {
      Map<String, String> selector = Manifest.map(service.json(), "spec", "selector");
      List<Pod> selected =
          pods.stream()
              .filter(pod -> pod.namespace().equals(service.namespace()))
              .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
              .toList();
      assertThat(selected).as("%s", service).isNotEmpty();
      for (JsonObject port : service.list("spec", "ports")) {
        JsonElement target = port.has("targetPort") ? port.get("targetPort") : port.get("port");
        assertThat(selected)
            .as("port %s of %s", target, service)
            .allMatch(pod -> hasPort(pod.spec(), target));
      }
    }
  }

  /** A replica that is not ready is one to look at. */
  @Test
  void the_laptops_prometheus_asks_every_replica_ready_or_not() {
    String configuration =
        Overlay.LAPTOP.objects("ConfigMap").stream()
            .map(map -> map.text("data", "prometheus.yml"))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElseThrow();
    Map<String, List<Map<String, List<Map<String, List<String>>>>>> scraped =
        new Yaml().load(configuration.substring(configuration.indexOf("scrape_configs:")));
    List<String> names =
        scraped.get("scrape_configs").getFirst().get("dns_sd_configs").getFirst().get("names");

    assertThat(names)
        .hasSize(6)
        .allSatisfy(name ->
            assertThat(overlayService(name).at("spec", "publishNotReadyAddresses"))
                .as(name)
                .hasToString("true"));
  }

  @ParameterizedTest
  @EnumSource
  void every_probe_asks_a_port_that_is_there(Overlay overlay) {
    for (Manifest object : overlay.objects()) {
      for (JsonObject container : object.containers()) {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
          for (String way : List.of("httpGet", "tcpSocket")) {
            JsonElement port = Manifest.at(container, probe, way, "port");
            if (port != null) {
              assertThat(hasPort(Objects.requireNonNull(object.podSpec()), port))
                  .as("%s of %s", probe, object)
                  .isTrue();
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_config_map_that_is_named_is_there_and_the_other_way_round(Overlay overlay) {
    Set<String> named = new LinkedHashSet<>();
    for (Manifest object : overlay.objects()) {
      for (JsonObject container : object.containers()) {
        for (JsonObject from : Manifest.list(container, "envFrom")) {
          named.add(
              Objects.requireNonNull(Manifest.at(from, "configMapRef", "name")).getAsString());
        }
      }
      for (JsonObject volume : volumes(object)) {
        if (volume.has("configMap")) {
          named.add(Objects.requireNonNull(Manifest.at(volume, "configMap", "name")).getAsString());
        }
      }
    }
    Set<String> there = new LinkedHashSet<>();
    overlay.objects("ConfigMap").forEach(map -> there.add(map.name()));

    assertThat(there).containsAll(named);
    there.removeAll(named);
    // What a Prometheus or a Grafana outside of the overlay reads.
    assertThat(there)
        .allMatch(name -> name.startsWith("prometheus-rules-") || name.startsWith("grafana-"));
  }

  @ParameterizedTest
  @EnumSource
  void every_secret_that_is_named_is_one_that_an_operator_knows_of(Overlay overlay) {
    for (Manifest object : overlay.objects()) {
      for (JsonObject volume : volumes(object)) {
        if (volume.has("secret")) {
          String secret =
              Objects.requireNonNull(Manifest.at(volume, "secret", "secretName")).getAsString();
          assertThat(SECRETS).as("secret of %s", object).contains(secret);
          assertThat(object.containers())
              .as("%s", object)
              .allSatisfy(container ->
                  assertThat(Manifest.list(container, "volumeMounts"))
                      .anySatisfy(mount -> {
                        assertThat(mount.get("mountPath"))
                            .hasToString("\"/secrets/" + secret + "\"");
                        assertThat(mount.get("readOnly")).hasToString("true");
                      }));
        }
      }
      for (JsonObject listener : object.list("spec", "listeners")) {
        for (JsonObject certificate : Manifest.list(listener, "tls", "certificateRefs")) {
          assertThat(SECRETS).contains(certificate.get("name").getAsString());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_mount_has_its_volume_and_the_other_way_round(Overlay overlay) {
    for (Manifest object : overlay.objects()) {
      if (object.podSpec() != null) {
        Set<String> mounted = new LinkedHashSet<>();
        object
            .containers()
            .forEach(container ->
                Manifest.list(container, "volumeMounts")
                    .forEach(mount -> mounted.add(mount.get("name").getAsString())));
        Set<String> there = new LinkedHashSet<>();
        volumes(object).forEach(volume -> there.add(volume.get("name").getAsString()));
        object
            .list("spec", "volumeClaimTemplates")
            .forEach(claim ->
                there.add(
                    Objects.requireNonNull(Manifest.at(claim, "metadata", "name")).getAsString()));

        assertThat(mounted).as("%s", object).isEqualTo(there);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_budget_and_every_monitor_selects_a_pod(Overlay overlay) {
    List<Pod> pods = Pod.of(overlay);
    for (String kind : List.of("PodDisruptionBudget", "PodMonitor")) {
      for (Manifest object : overlay.objects(kind)) {
        JsonElement selector = Objects.requireNonNull(object.at("spec", "selector"));
        List<Pod> selected =
            pods.stream()
                .filter(pod -> pod.namespace().equals(object.namespace()))
                .filter(pod -> Selector.fits(selector, pod.labels()))
                .toList();
        assertThat(selected).as("%s", object).isNotEmpty();
        for (JsonObject endpoint : object.list("spec", "podMetricsEndpoints")) {
          assertThat(selected)
              .as("%s", object)
              .allMatch(pod -> hasPort(pod.spec(), endpoint.get("port")));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_scaler_has_somebody_to_scale_and_nobody_else_counts_replicas(Overlay overlay) {
    for (Manifest scaler : overlay.objects("ScaledObject")) {
      Manifest target =
          overlay
              .find("Deployment", scaler.namespace(), scaler.text("spec", "scaleTargetRef", "name"))
              .orElseThrow(() -> new AssertionError("nobody to scale by " + scaler));
      assertThat(target.at("spec", "replicas")).as("replicas of %s", target).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_route_leads_from_a_door_to_a_service(Overlay overlay) {
    for (String kind : List.of("HTTPRoute", "TLSRoute")) {
      for (Manifest route : overlay.objects(kind)) {
        List<String> hosts = Manifest.texts(route.json(), "spec", "hostnames");
        for (JsonObject parent : route.list("spec", "parentRefs")) {
          Manifest door =
              overlay
                  .find("Gateway", route.namespace(), parent.get("name").getAsString())
                  .orElseThrow();
          assertThat(door.list("spec", "listeners"))
              .as("%s", route)
              .allMatch(listener -> hosts.contains(listener.get("hostname").getAsString()));
        }
        for (JsonObject rule : route.list("spec", "rules")) {
          for (JsonObject backend : Manifest.list(rule, "backendRefs")) {
            Manifest service =
                overlay
                    .find("Service", route.namespace(), backend.get("name").getAsString())
                    .orElseThrow();
            assertThat(service.list("spec", "ports"))
                .anyMatch(port -> port.get("port").equals(backend.get("port")));
          }
        }
      }
    }
    for (Manifest door : overlay.objects("Gateway")) {
      assertThat(
              overlay.find(
                  "EnvoyProxy",
                  door.namespace(),
                  door.text("spec", "infrastructure", "parametersRef", "name")))
          .as("%s", door)
          .hasValueSatisfying(proxy ->
              assertThat(
                      proxy.text(
                          "spec",
                          "provider",
                          "kubernetes",
                          "envoyService",
                          "externalTrafficPolicy"))
                  .isEqualTo("Local"));
    }
    for (Manifest policy : overlay.objects("ClientTrafficPolicy")) {
      assertThat(policy.list("spec", "targetRefs"))
          .allMatch(target ->
              overlay
                  .find("Gateway", policy.namespace(), target.get("name").getAsString())
                  .isPresent());
    }
  }

  /** A door that does not expect what the load balancer sends ahead lets nobody in. */
  @Test
  void where_a_load_balancer_tells_the_clients_address_every_door_expects_it() {
    Manifest policy =
        Overlay.PRODUCTION.find("ClientTrafficPolicy", "tributary", "proxy-protocol").orElseThrow();

    assertThat(policy.list("spec", "targetRefs"))
        .extracting(target -> target.get("name").getAsString())
        .containsExactlyInAnyOrderElementsOf(
            Overlay.PRODUCTION.objects("Gateway").stream().map(Manifest::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "PLAYBACK_PUBLICBASEURL, public-door",
    "PLAYBACK_STEERINGFACEURL, steering-door",
  })
  void what_viewers_are_told_is_the_name_of_a_door(String setting, String door) {
    for (Overlay overlay : List.of(Overlay.PRODUCTION, Overlay.OWN_BACKENDS, Overlay.REGION)) {
      Manifest gateway = overlay.find("Gateway", "tributary", door).orElseThrow();
      String host = gateway.list("spec", "listeners").getFirst().get("hostname").getAsString();

      assertThat(overlay.objects("ConfigMap"))
          .as("%s", overlay)
          .anySatisfy(map ->
              assertThat(Manifest.map(map.json(), "data"))
                  .containsEntry(setting, "https://" + host));
    }
  }

  /** One CNI's pod range, and one operator's network, are nobody else's. */
  @ParameterizedTest
  @EnumSource
  void whoever_has_doors_says_whom_they_believe_and_let_in(Overlay overlay) throws IOException {
    if (overlay.objects("Gateway").isEmpty()) {
      return;
    }
    Path settings =
        Path.of(
            "overlays",
            (overlay == Overlay.REGION ? Overlay.PRODUCTION : overlay).folder(),
            "settings/kustomization.yaml");
    List<Manifest> gateway =
        overlay.objects("ConfigMap").stream()
            .filter(map -> map.json().toString().contains("GATEWAY_TRUSTEDPROXIES"))
            .toList();

    assertThat(gateway).hasSize(1);
    assertThat(
            Manifest.texts(
                overlay.find("EnvoyProxy", "tributary", "admin-door").orElseThrow().json(),
                "spec",
                "provider",
                "kubernetes",
                "envoyService",
                "loadBalancerSourceRanges"))
        .isNotEmpty()
        .doesNotContain("0.0.0.0/0", "192.0.2.1/32");
    assertThat(Files.readString(settings))
        .contains("GATEWAY_TRUSTEDPROXIES=", "loadBalancerSourceRanges");
  }

  private static Manifest overlayService(String name) {
    return Overlay.LAPTOP.find("Service", "tributary", name).orElseThrow();
  }

  private static List<JsonObject> volumes(Manifest object) {
    JsonObject spec = object.podSpec();
    return spec == null ? List.of() : Manifest.list(spec, "volumes");
  }

  private static boolean hasPort(JsonObject pod, JsonElement wanted) {
    return Manifest.list(pod, "containers").stream()
        .flatMap(container -> Manifest.list(container, "ports").stream())
        .anyMatch(
            port -> wanted.equals(port.get("name")) || wanted.equals(port.get("containerPort")));
  }
}
