package io.tributary.fleet.layout;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet is made of; kept in its {@code fleet.json} from its first {@code up} on.
 *
 * @param name of the fleet, which is also its region
 * @param portBase see {@link PortBlock}
 * @param replicas how many of each replicated service, by its id; 1 where it is not named
 * @param publicHost the name or address under which the page, the API, the nodes and steering's
 *     face are reached from elsewhere; null for this machine alone
 */
public record FleetPlan(
    String name, int portBase, Map<String, Integer> replicas, @Nullable String publicHost) {

  /** The fleet that the words are about when none is named. */
  public static final String DEFAULT_NAME = "local";

  /** A name is a folder's, too. */
  static final String NAME_PATTERN = "[a-z][a-z0-9-]{0,31}";

  /** Nodes of a new fleet: enough for two sites, one of them with two. */
  public static final int DEFAULT_NODES = 3;

  /** One process of the plan. */
  public record Member(Service service, int instance) {
    /** As {@code status} names it. */
    public String name() {
      return service.processName(instance);
    }
  }

  public FleetPlan {
    checkName(name);
    replicas = new TreeMap<>(replicas);
    replicas.forEach(FleetPlan::checkReplicas);
  }

  /** A plan of the default size. */
  public static FleetPlan first(String name, PortBlock ports) {
    return new FleetPlan(name, ports.base(), Map.of(Service.NODE.id(), DEFAULT_NODES), null);
  }

  /** The same fleet with another number of one service. */
  public FleetPlan withReplicas(Service service, int count) {
    Map<String, Integer> changed = new TreeMap<>(replicas);
    changed.put(service.id(), count);
    return new FleetPlan(name, portBase, changed, publicHost);
  }

  /** The same fleet, reachable under this name; null for from this machine alone. */
  public FleetPlan withPublicHost(@Nullable String host) {
    return new FleetPlan(name, portBase, replicas, host);
  }

  /** How many processes of a service. */
  public int count(Service service) {
    return replicas.getOrDefault(service.id(), 1);
  }

  /** The fleet's ports. */
  @JsonIgnore
  public PortBlock ports() {
    return new PortBlock(portBase);
  }

  /** Every process, in the order of {@link Service}. */
  @JsonIgnore
  public List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (Service service : Service.values()) {
      for (int instance = 1; instance <= count(service); instance++) {
        members.add(new Member(service, instance));
      }
    }
    return List.copyOf(members);
  }

  /** The processes of one service. */
  public List<Member> members(Service service) {
    return members().stream().filter(member -> member.service() == service).toList();
  }

  /** The process of this name. */
  public Optional<Member> member(String processName) {
    return members().stream().filter(member -> member.name().equals(processName)).findFirst();
  }

  /** The host in the URLs that clients get. */
  @JsonIgnore
  public String advertisedHost() {
    return publicHost == null ? "127.0.0.1" : publicHost;
  }

  /** Where the page and the public API are. */
  @JsonIgnore
  public String publicBaseUrl() {
    return "http://" + advertisedHost() + ":" + ports().publicPort(Door.GATEWAY, 1);
  }

  /** Where players ask steering while they play. */
  @JsonIgnore
  public String steeringFaceUrl() {
    return "http://" + advertisedHost() + ":" + ports().publicPort(Door.STEERING_FACE, 1);
  }

  /** The site of a node: odd ones stand in one, even ones in the other. */
  public static String site(int node) {
    return node % 2 == 1 ? "site-a" : "site-b";
  }

  static void checkName(String name) {
    if (!name.matches(NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "fleet is " + name + " (expected: 1 to 32 of a-z, 0-9 and -, beginning with a letter)");
    }
  }

  private static void checkReplicas(String id, int count) {
    Service service =
        Service.byId(id)
            .filter(Service::replicated)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "service is " + id + " (expected: one that can have replicas)"));
    if (count < 1 || count > service.mostReplicas()) {
      throw new IllegalArgumentException(
          "replicas of "
              + id
              + " is "
              + count
              + " (expected: 1 to "
              + service.mostReplicas()
              + ")");
    }
  }
}
