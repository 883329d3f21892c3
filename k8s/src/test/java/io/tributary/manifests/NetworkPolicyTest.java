package io.tributary.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tributary.manifests.AllowedEdges.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody talks to anybody but along an edge that both ends name. */
class NetworkPolicyTest {
  private static final Path EDGES = Path.of("edges.txt");

  private static final String HEADER =
      """
      # Who may connect to whom in the overlay laptop: FROM TO PORT. Written from its network policies and held equal to them by a
      # test. "outside" is whoever is no pod of the fleet. The doors of compose stand behind its balancer, which is no pod either.
      """;

  @ParameterizedTest
  @EnumSource
  void nobody_talks_to_anybody_unless_a_policy_says_so(Overlay overlay) {
    Manifest deny = overlay.find("NetworkPolicy", "tributary", "default-deny").orElseThrow();

    assertThat(deny.at("spec"))
        .hasToString("{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}");
    assertThat(Pod.of(overlay).stream().filter(pod -> !pod.spec().isEmpty()))
        .allSatisfy(pod -> assertThat(pod.namespace()).isEqualTo("tributary"));
  }

  @ParameterizedTest
  @EnumSource
  void everybody_may_ask_dns_in_the_cluster_or_on_its_own_machine(Overlay overlay) {
    Manifest dns = overlay.find("NetworkPolicy", "tributary", "dns").orElseThrow();

    assertThat(dns.at("spec", "podSelector")).hasToString("{}");
    assertThat(dns.list("spec", "egress"))
        .singleElement()
        .satisfies(rule ->
            assertThat(Manifest.list(rule, "to"))
                .extracting(Object::toString)
                .anyMatch(peer -> peer.contains("\"kube-dns\""))
                .contains("{\"ipBlock\":{\"cidr\":\"169.254.20.10/32\"}}"));
  }

  @ParameterizedTest
  @EnumSource
  void every_edge_is_named_at_both_ends(Overlay overlay) {
    AllowedEdges edges = AllowedEdges.of(overlay);

    assertThat(edges.egress().stream().filter(edge -> !isOutside(edge)))
        .as("calls that the called end would not let in")
        .allMatch(edges::isLetIn);
    assertThat(edges.ingress().stream().filter(edge -> !isOutside(edge)))
        .as("calls that nobody may make")
        .allMatch(edges::isLetOut);
  }

  @ParameterizedTest
  @EnumSource
  void every_policy_selects_somebody_and_has_the_types_of_its_rules(Overlay overlay) {
    List<Pod> pods = Pod.of(overlay);
    for (Manifest policy : overlay.objects("NetworkPolicy")) {
      JsonElement selector = Objects.requireNonNull(policy.at("spec", "podSelector"));
      assertThat(pods)
          .as("%s", policy)
          .anyMatch(pod ->
              pod.namespace().equals(policy.namespace()) && Selector.fits(selector, pod.labels()));
      List<String> types = Manifest.texts(policy.json(), "spec", "policyTypes");
      JsonObject spec = policy.json().getAsJsonObject("spec");
      assertThat(types).as("%s", policy).isNotEmpty();
      if (spec.has("ingress")) {
        assertThat(types).as("%s", policy).contains("Ingress");
      }
      if (spec.has("egress")) {
        assertThat(types).as("%s", policy).contains("Egress");
      }
    }
  }

  @Test
  void a_prometheus_of_ones_own_comes_from_outside_to_every_service() {
    AllowedEdges edges = AllowedEdges.of(Overlay.OWN_BACKENDS);

    assertThat(
            Overlay.OWN_BACKENDS.objects("Deployment").stream()
                .map(service -> new Edge(AllowedEdges.OUTSIDE, service.name(), 9090)))
        .isNotEmpty()
        .allMatch(edges.ingress()::contains);
  }

  /** A rule without ports, or without peers, would allow all of them. */
  @ParameterizedTest
  @EnumSource
  void no_rule_leaves_peers_or_ports_open(Overlay overlay) {
    for (Manifest policy : overlay.objects("NetworkPolicy")) {
      boolean isOfAnOperatorsPods = !policy.namespace().equals("tributary");
      for (JsonObject rule : policy.list("spec", "ingress")) {
        assertThat(Manifest.list(rule, "from")).as("%s", policy).isNotEmpty();
        assertThat(isOfAnOperatorsPods || rule.has("ports")).as("ports of %s", policy).isTrue();
      }
      for (JsonObject rule : policy.list("spec", "egress")) {
        assertThat(Manifest.list(rule, "to")).as("%s", policy).isNotEmpty();
        assertThat(rule.has("ports")).as("ports of %s", policy).isTrue();
      }
    }
  }

  @Test
  void whenAnEndIsMissing_thenTheOtherIsNotEnough() {
    AllowedEdges edges = AllowedEdges.of(Overlay.LAPTOP);
    Edge steering = new Edge("playback-service", "steering-service", 8080);

    assertThat(edges.both()).contains(steering);
    assertThat(edges.ingress().remove(steering)).isTrue();
    assertThat(edges.both()).doesNotContain(steering);
  }

  /** With {@code -Dedges.write=true} the file is written anew; look at the difference. */
  @Test
  void the_edges_that_compose_is_compared_with_are_these() throws IOException {
    String text =
        HEADER
            + AllowedEdges.of(Overlay.LAPTOP).both().stream()
                .map(edge -> edge + "\n")
                .collect(Collectors.joining());
    if (Boolean.getBoolean("edges.write")) {
      Files.writeString(EDGES, text);
    }

    assertThat(EDGES).hasContent(text);
  }

  private static boolean isOutside(Edge edge) {
    return edge.from().equals(AllowedEdges.OUTSIDE) || edge.to().equals(AllowedEdges.OUTSIDE);
  }
}
