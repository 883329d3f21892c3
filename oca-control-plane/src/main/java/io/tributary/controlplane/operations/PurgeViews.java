package io.tributary.controlplane.operations;

import io.tributary.contracts.admin.Purge;
import io.tributary.contracts.admin.PurgedNode;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.purges.PurgedTitle;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far purges are, joined from what is in memory. Safe for use by many threads. */
public final class PurgeViews {
  /** It did not confirm that it serves nothing of the title. */
  private static final String UNTOLD = "untold";

  /** It confirmed that, and did not prove to be without it. */
  private static final String REFUSING = "refusing";

  /** Its inventory is without it. */
  private static final String GONE = "gone";

  private final PurgeBoard purges;
  private final Registry registry;
  private final RegistryBoard nodes;
  private final StateTable<NodeVerdict> verdicts;
  private final PlanBoard plans;

  public PurgeViews(
      PurgeBoard purges,
      Registry registry,
      RegistryBoard nodes,
      StateTable<NodeVerdict> verdicts,
      PlanBoard plans) {
    this.purges = purges;
    this.registry = registry;
    this.nodes = nodes;
    this.verdicts = verdicts;
    this.plans = plans;
  }

  /** Every purge by title. */
  List<Purge> purges() {
    return purges.list().titles().stream().map(this::view).toList();
  }

  /** The purge of a title, if it is purged. */
  Optional<Purge> purge(String titleId) {
    return purges.list().find(titleId).map(this::view);
  }

  private Purge view(PurgedTitle purged) {
    List<PurgedNode> each =
        nodes.nodes().map(known -> List.copyOf(known.values())).orElseGet(registry::nodes).stream()
            .filter(node -> !node.revoked())
            .map(node -> view(purged, node))
            .toList();
    int left = (int) each.stream().filter(node -> !node.state().equals(GONE)).count();
    return new Purge(purged.titleId(), purged.requestedAt(), purged.requestedBy(), left, each);
  }

  private PurgedNode view(PurgedTitle purged, RegisteredNode node) {
    Optional<NodeVerdict> verdict = verdicts.get(node.id()).map(Stated::data);
    boolean isTold =
        verdict.filter(known -> known.revocationVersion() >= purged.version()).isPresent();
    boolean isHeld =
        plans.plan(node.id()).copies().stream()
            .anyMatch(copy -> copy.planned().titleId().equals(purged.titleId()));
    return new PurgedNode(
        node.id(),
        !isTold ? UNTOLD : isHeld ? REFUSING : GONE,
        verdict.map(known -> known.health().name().toLowerCase(Locale.ROOT)).orElse("enrolled"));
  }
}
