package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every pod, whoever wrote it. */
class PodRulesTest {
  private static final Pattern OURS = Pattern.compile("(registry\\.example/)?tributary/.+");

  /** What the pod security standard {@code restricted} lets a pod mount. */
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  /** How long CoreDNS, as clusters come with it, remembers an answer. */
  private static final int DNS_SECONDS = 30;

  /** In which every process of ours stops. */
  private static final int STOP_SECONDS = 20;

  @ParameterizedTest
  @EnumSource
  void every_container_has_requests_and_limits(Overlay overlay) {
    assertThat(containers(overlay, container -> true))
        .isNotEmpty()
        .allSatisfy(container -> {
          assertThat(Manifest.map(container, "resources", "requests").keySet())
              .contains("cpu", "memory");
          assertThat(Manifest.map(container, "resources", "limits").keySet())
              .contains("cpu", "memory");
          // What is over its request is what a full machine takes away first.
          assertThat(Manifest.map(container, "resources", "requests").get("memory"))
              .isEqualTo(Manifest.map(container, "resources", "limits").get("memory"));
        });
  }

  @ParameterizedTest
  @EnumSource
  void every_container_that_stays_is_probed(Overlay overlay) {
    for (Manifest object : makersOfPods(overlay)) {
      if (!object.kind().equals("Job")) {
        for (JsonObject container : object.containers()) {
          assertThat(container.keySet())
              .as("%s", object)
              .contains("startupProbe", "livenessProbe", "readinessProbe");
          if (isOurs(container) && !object.name().equals("object-store")) {
            assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe"))
                .as("%s", object)
                .allSatisfy(probe ->
                    assertThat(Manifest.at(container, probe, "httpGet", "port"))
                        .hasToString("\"management\""));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_pod_is_restricted(Overlay overlay) {
    for (Manifest object : makersOfPods(overlay)) {
      JsonObject pod = Objects.requireNonNull(object.podSpec());
      assertThat(Manifest.at(pod, "securityContext", "runAsNonRoot"))
          .as("%s", object)
          .hasToString("true");
      assertThat(Manifest.at(pod, "securityContext", "seccompProfile", "type"))
          .as("%s", object)
          .hasToString("\"RuntimeDefault\"");
      assertThat(pod.keySet()).as("%s", object).doesNotContain("hostNetwork", "hostPID", "hostIPC");
      for (JsonObject volume : Manifest.list(pod, "volumes")) {
        volume.keySet().stream()
            .filter(key -> !key.equals("name"))
            .forEach(type -> assertThat(VOLUMES).as("volume of %s", object).contains(type));
      }
      for (JsonObject container : object.containers()) {
        JsonObject context = container.getAsJsonObject("securityContext");
        assertThat(context.get("allowPrivilegeEscalation")).as("%s", object).hasToString("false");
        assertThat(Manifest.texts(context, "capabilities", "drop"))
            .as("%s", object)
            .containsExactly("ALL");
        assertThat(Manifest.list(container, "ports"))
            .as("%s", object)
            .noneMatch(port -> port.has("hostPort"));
        if (isOurs(container)) {
          assertThat(context.get("readOnlyRootFilesystem")).as("%s", object).hasToString("true");
          assertThat(Manifest.at(pod, "securityContext", "runAsUser"))
              .as("%s", object)
              .hasToString("10001");
          assertThat(Manifest.list(container, "volumeMounts"))
              .as("%s", object)
              .anyMatch(mount -> mount.get("mountPath").getAsString().equals("/tmp"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_namespace_refuses_what_is_not_restricted(Overlay overlay) {
    Manifest namespace = overlay.find("Namespace", "", "tributary").orElseThrow();

    assertThat(Manifest.map(namespace.json(), "metadata", "labels"))
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  @ParameterizedTest
  @EnumSource
  void nobody_holds_a_token_of_the_cluster(Overlay overlay) {
    for (Manifest object : makersOfPods(overlay)) {
      JsonObject pod = Objects.requireNonNull(object.podSpec());
      assertThat(pod.get("automountServiceAccountToken")).as("%s", object).hasToString("false");
      String account = pod.get("serviceAccountName").getAsString();
      assertThat(overlay.find("ServiceAccount", object.namespace(), account))
          .as("account of %s", object)
          .hasValueSatisfying(
              found -> assertThat(found.at("automountServiceAccountToken")).hasToString("false"));
      assertThat(pod.get("enableServiceLinks")).as("%s", object).hasToString("false");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_serves_leaves_dns_before_it_stops(Overlay overlay) {
    for (Manifest object : servers(overlay)) {
      boolean isFoundByDns = object.kind().equals("Deployment");
      if (isFoundByDns) {
        assertThat(Objects.requireNonNull(object.at("spec", "minReadySeconds")).getAsInt())
            .as("minReadySeconds of %s", object)
            .isGreaterThan(DNS_SECONDS);
      }
      JsonObject pod = Objects.requireNonNull(object.podSpec());
      int grace = pod.get("terminationGracePeriodSeconds").getAsInt();
      for (JsonObject container : object.containers()) {
        JsonElement sleep = Manifest.at(container, "lifecycle", "preStop", "sleep", "seconds");
        assertThat(sleep).as("preStop of %s", object).isNotNull();
        if (isFoundByDns) {
          assertThat(sleep.getAsInt()).as("preStop of %s", object).isGreaterThan(DNS_SECONDS);
        }
        assertThat(grace)
            .as("terminationGracePeriodSeconds of %s", object)
            .isGreaterThanOrEqualTo(sleep.getAsInt() + STOP_SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_serves_is_several_replaced_without_a_gap_and_spread(Overlay overlay) {
    for (Manifest object : servers(overlay)) {
      JsonElement replicas = object.at("spec", "replicas");
      if (replicas == null) {
        Manifest scaler =
            overlay.find("ScaledObject", object.namespace(), object.name()).orElseThrow();
        replicas = scaler.at("spec", "minReplicaCount");
      }
      assertThat(Objects.requireNonNull(replicas).getAsInt())
          .as("replicas of %s", object)
          .isGreaterThan(1);
      assertThat(
              Manifest.list(Objects.requireNonNull(object.podSpec()), "topologySpreadConstraints"))
          .as("%s", object)
          .isNotEmpty()
          .allSatisfy(constraint ->
              assertThat(
                      Selector.fits(
                          constraint.get("labelSelector"),
                          Manifest.map(object.json(), "spec", "template", "metadata", "labels")))
                  .isTrue());
      if (object.kind().equals("Deployment")) {
        assertThat(object.at("spec", "strategy", "rollingUpdate", "maxUnavailable"))
            .as("%s", object)
            .hasToString("0");
      }
      assertThat(overlay.find("PodDisruptionBudget", object.namespace(), object.name()))
          .as("budget of %s", object)
          .isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void our_images_are_of_this_version_and_others_of_a_fixed_one(Overlay overlay)
      throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>tributary</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(containers(overlay, container -> true))
        .extracting(container -> container.get("image").getAsString())
        .allSatisfy(image -> {
          assertThat(image).matches("[^:]+:[^:]+").doesNotEndWith(":latest");
          if (OURS.matcher(image).matches()) {
            assertThat(image).endsWith(":" + version.group(1));
            // Elsewhere than on a laptop somebody has to say where they are.
            assertThat(image.startsWith("tributary/")).isEqualTo(overlay == Overlay.LAPTOP);
          }
        });
  }

  @Test
  void every_service_of_ours_is_in_production() {
    assertThat(containers(Overlay.PRODUCTION, PodRulesTest::isOurs))
        .extracting(container -> container.get("name").getAsString())
        .containsExactlyInAnyOrder(
            "api-gateway",
            "playback-service",
            "steering-service",
            "oca-control-plane",
            "media-pipeline");
  }

  private static boolean isOurs(JsonObject container) {
    return OURS.matcher(container.get("image").getAsString()).matches();
  }

  private static List<Manifest> makersOfPods(Overlay overlay) {
    return overlay.objects().stream().filter(object -> object.podSpec() != null).toList();
  }

  /** Our services and nodes, but not what a laptop has instead of stores. */
  private static List<Manifest> servers(Overlay overlay) {
    return makersOfPods(overlay).stream()
        .filter(object -> object.containers().stream().allMatch(PodRulesTest::isOurs))
        .filter(object -> !Set.of("Job").contains(object.kind()))
        .filter(object -> !object.name().equals("object-store"))
        .toList();
  }

  private static List<JsonObject> containers(Overlay overlay, Predicate<JsonObject> wanted) {
    List<JsonObject> found = new ArrayList<>();
    makersOfPods(overlay)
        .forEach(object -> object.containers().stream().filter(wanted).forEach(found::add));
    return found;
  }
}
