package io.tributary.controlplane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.RegistryBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as Prometheus sees it. Every replica knows all of it, so figures of one replica are
 * those of the fleet, and are not to be summed over replicas.
 */
final class FleetFigures implements MeterBinder {
  /** Of a node that nobody has judged yet. */
  private static final String ENROLLED = "enrolled";

  private final RegistryBoard registry;
  private final StateTable<NodeVerdict> verdicts;
  private final PlanBoard plans;
  private final HoldingBoard holdings;
  private volatile @Nullable MultiGauge nodes;

  FleetFigures(
      RegistryBoard registry,
      StateTable<NodeVerdict> verdicts,
      PlanBoard plans,
      HoldingBoard holdings) {
    this.registry = registry;
    this.verdicts = verdicts;
    this.plans = plans;
    this.holdings = holdings;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    nodes =
        MultiGauge.builder("control_plane_nodes")
            .description("nodes of a site by health; enrolled: not judged yet")
            .register(meters);
    Gauge.builder("control_plane_fills_unconfirmed", this, FleetFigures::unconfirmed)
        .description("planned copies that their nodes have not confirmed")
        .register(meters);
  }

  /** Counts the nodes anew. To be called each second, after the boards' refresh. */
  void count() {
    MultiGauge gauge = nodes;
    if (gauge == null || registry.nodes().isEmpty()) {
      return;
    }
    Map<String, Map<String, Integer>> bySite = new TreeMap<>();
    for (RegisteredNode node : registry.nodes().get().values()) {
      bySite.computeIfAbsent(node.siteId(), _ -> noNodes()).merge(health(node), 1, Integer::sum);
    }
    List<Row<?>> rows = new ArrayList<>();
    bySite.forEach((site, byHealth) ->
        byHealth.forEach(
            (health, count) -> rows.add(Row.of(Tags.of("site", site, "health", health), count))));
    gauge.register(rows, true);
  }

  /** A site's figures are all there, so that none is missing when its last such node leaves. */
  private static Map<String, Integer> noNodes() {
    Map<String, Integer> none = new TreeMap<>(Map.of(ENROLLED, 0));
    for (NodeHealth health : NodeHealth.values()) {
      none.put(word(health), 0);
    }
    return none;
  }

  private String health(RegisteredNode node) {
    return node.revoked()
        ? word(NodeHealth.REVOKED)
        : verdicts.get(node.id()).map(stated -> word(stated.data().health())).orElse(ENROLLED);
  }

  private static String word(NodeHealth health) {
    return health.name().toLowerCase(Locale.ROOT);
  }

  private double unconfirmed() {
    return plans.plans().entrySet().stream()
        .mapToLong(plan ->
            plan.getValue().packages().stream()
                .filter(planned -> !holdings.mayHold(plan.getKey(), planned.ref()))
                .count())
        .sum();
  }
}
