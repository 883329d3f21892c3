package io.tributary.controlplane.operations;

import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.fill.Announcements;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.heartbeat.HeartbeatDesk;
import io.tributary.controlplane.placement.KnownPackage;
import io.tributary.controlplane.placement.NodePlan;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fleet as an operator sees it, joined from what is in memory; the store is asked only for what
 * was never read. Safe for use by many threads.
 */
public final class FleetViews {
  private final Registry registry;
  private final RegistryBoard nodes;
  private final StateTable<NodeVerdict> verdicts;
  private final HeartbeatDesk heartbeats;
  private final PackageBoard packages;
  private final PlanBoard plans;
  private final HoldingBoard holdings;
  private final Announcements announcements;

  public FleetViews(
      Registry registry,
      RegistryBoard nodes,
      StateTable<NodeVerdict> verdicts,
      HeartbeatDesk heartbeats,
      PackageBoard packages,
      PlanBoard plans,
      HoldingBoard holdings,
      Announcements announcements) {
    this.registry = registry;
    this.nodes = nodes;
    this.verdicts = verdicts;
    this.heartbeats = heartbeats;
    this.packages = packages;
    this.plans = plans;
    this.holdings = holdings;
    this.announcements = announcements;
  }

  /** Every node by id; throws if the store is away and was never read. */
  public List<NodeView> nodes() {
    return nodes.nodes().map(Map::values).map(List::copyOf).orElseGet(registry::nodes).stream()
        .map(this::view)
        .toList();
  }

  /** One node; one that enrolled a moment ago is found too. */
  public Optional<NodeView> node(String id) {
    return nodes
        .nodes()
        .flatMap(all -> Optional.ofNullable(all.get(id)))
        .or(() -> registry.node(id))
        .map(this::view);
  }

  /** Every package by title and version. */
  public List<PackageView> packages() {
    return packages.packages().stream()
        .sorted(
            Comparator.comparing(KnownPackage::titleId).thenComparing(KnownPackage::packageVersion))
        .map(this::view)
        .toList();
  }

  /** One package. */
  public Optional<PackageView> onePackage(String titleId, String packageVersion) {
    return packages.find(titleId, packageVersion).map(this::view);
  }

  private PackageView view(KnownPackage each) {
    PackageRef ref = each.ref();
    List<String> planned =
        plans.plans().entrySet().stream()
            .filter(plan -> plan.getValue().find(ref).isPresent())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new PackageView(
        each.titleId(),
        each.packageVersion(),
        each.bytes(),
        planned,
        holdings.holders(ref),
        announcements.isPlaced(ref));
  }

  private NodeView view(RegisteredNode node) {
    Optional<Stated<NodeVerdict>> stated = verdicts.get(node.id());
    Optional<NodeVerdict> verdict = stated.map(Stated::data);
    NodePlan plan = plans.plan(node.id());
    String state =
        node.revoked()
            ? NodeHealth.REVOKED.name()
            : verdict.map(known -> known.health().name()).orElse("enrolled");
    return new NodeView(
        node.id(),
        node.siteId(),
        verdict.stream()
            .flatMap(known -> known.endpoints().stream())
            .findFirst()
            .map(NodeEndpoint::baseUrl)
            .orElse(null),
        state.toLowerCase(Locale.ROOT),
        verdict.map(NodeVerdict::reason).orElse("no heartbeat was judged yet"),
        plan.packages().size(),
        held(node.id(), plan),
        plan.head().contentVersion(),
        verdict.map(NodeVerdict::contentVersion).orElse(0L),
        lastHeartbeatAt(node.id(), stated).orElse(null));
  }

  private int held(String nodeId, NodePlan plan) {
    Set<PackageRef> held = holdings.of(nodeId).packages();
    return (int) plan.packages().stream().filter(each -> held.contains(each.ref())).count();
  }

  /**
   * This replica may not hear this node; but while it is heard, its verdict is said again every two
   * seconds.
   */
  private Optional<Instant> lastHeartbeatAt(String nodeId, Optional<Stated<NodeVerdict>> verdict) {
    return Stream.concat(
            heartbeats.lastHeardAt(nodeId).stream(),
            verdict.stream()
                .map(stated ->
                    stated.data().health() == NodeHealth.UNHEALTHY
                        ? stated.data().since()
                        : stated.at()))
        .max(Comparator.naturalOrder());
  }
}
