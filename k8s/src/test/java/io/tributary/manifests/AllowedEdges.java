package io.tributary.manifests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may open a connection to whom under an overlay's network policies. A pod that a policy
 * selects may do only what some policy allows; between two such pods both ends must allow it.
 */
final class AllowedEdges {
  /** Whoever is not a pod of the fleet: players, operators, other machines. */
  static final String OUTSIDE = "outside";

  /** Addresses that lead no further than the pod's own machine. */
  private static final String LINK_LOCAL = "169.254.";

  /**
   * One of them.
   *
   * @param from the caller's app
   * @param to the called app
   * @param port of the called one
   */
  record Edge(String from, String to, int port) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return from + " " + to + " " + port;
    }
  }

  private final List<Pod> pods;
  private final Set<Edge> egress = new TreeSet<>();
  private final Set<Edge> ingress = new TreeSet<>();

  private AllowedEdges(List<Pod> pods) {
    this.pods = pods;
  }

  static AllowedEdges of(Overlay overlay) {
    AllowedEdges edges = new AllowedEdges(Pod.of(overlay));
    for (Manifest policy : overlay.objects("NetworkPolicy")) {
      edges.add(policy);
    }
    overlay.objects("Kafka").forEach(edges::addStrimzis);
    return edges;
  }

  /** What a caller's end allows, to pods and to the outside. */
  Set<Edge> egress() {
    return egress;
  }

  /** What a called end allows, from pods and from the outside. */
  Set<Edge> ingress() {
    return ingress;
  }

  /** What both ends allow, or the only one that is ours. */
  Set<Edge> both() {
    Set<Edge> both = new TreeSet<>();
    for (Edge edge : egress) {
      if (edge.to().equals(OUTSIDE) || isLetIn(edge)) {
        both.add(edge);
      }
    }
    ingress.stream().filter(edge -> edge.from().equals(OUTSIDE)).forEach(both::add);
    return both;
  }

  /** Whether the called end allows it, by name or because it takes anybody. */
  boolean isLetIn(Edge edge) {
    return ingress.contains(edge) || ingress.contains(new Edge(OUTSIDE, edge.to(), edge.port()));
  }

  /** Whether the caller's end allows it, by name or because it may call anybody there. */
  boolean isLetOut(Edge edge) {
    return egress.contains(edge) || egress.contains(new Edge(edge.from(), OUTSIDE, edge.port()));
  }

  private void add(Manifest policy) {
    JsonElement selector = policy.at("spec", "podSelector");
    List<Pod> own =
        pods.stream()
            .filter(pod -> pod.namespace().equals(policy.namespace()))
            .filter(
                pod -> Selector.fits(selector == null ? new JsonObject() : selector, pod.labels()))
            .toList();
    for (JsonObject rule : policy.list("spec", "egress")) {
      for (String peer : peers(policy.namespace(), Manifest.list(rule, "to"))) {
        own.forEach(
            pod -> ports(rule).forEach(port -> egress.add(new Edge(pod.app(), peer, port))));
      }
    }
    for (JsonObject rule : policy.list("spec", "ingress")) {
      for (String peer : peers(policy.namespace(), Manifest.list(rule, "from"))) {
        own.forEach(
            pod -> ports(rule).forEach(port -> ingress.add(new Edge(peer, pod.app(), port))));
      }
    }
  }

  /** Strimzi makes a policy of a listener's peers. */
  private void addStrimzis(Manifest kafka) {
    for (JsonObject listener : kafka.list("spec", "kafka", "listeners")) {
      for (String peer : peers(kafka.namespace(), Manifest.list(listener, "networkPolicyPeers"))) {
        ingress.add(new Edge(peer, "kafka", listener.get("port").getAsInt()));
      }
    }
  }

  /**
   * Apps that peers are; pods of namespaces that are not ours are nobody here, and so is the pod's
   * own machine.
   */
  private Set<String> peers(String namespace, List<JsonObject> peers) {
    Set<String> apps = new TreeSet<>();
    for (JsonObject peer : peers) {
      JsonElement cidr = Manifest.at(peer, "ipBlock", "cidr");
      if (cidr != null) {
        if (!cidr.getAsString().startsWith(LINK_LOCAL)) {
          apps.add(OUTSIDE);
        }
        continue;
      }
      JsonElement podSelector =
          peer.has("podSelector") ? peer.get("podSelector") : new JsonObject();
      for (Pod pod : pods) {
        boolean isThere =
            peer.has("namespaceSelector")
                ? Selector.fits(
                    peer.get("namespaceSelector"),
                    Map.of("kubernetes.io/metadata.name", pod.namespace()))
                : pod.namespace().equals(namespace);
        if (isThere && Selector.fits(podSelector, pod.labels())) {
          apps.add(pod.app());
        }
      }
    }
    return apps;
  }

  private static List<Integer> ports(JsonObject rule) {
    List<Integer> ports = new ArrayList<>();
    Manifest.list(rule, "ports").forEach(port -> ports.add(port.get("port").getAsInt()));
    return ports;
  }
}
