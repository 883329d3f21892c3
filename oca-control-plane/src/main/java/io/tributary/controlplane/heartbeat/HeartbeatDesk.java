package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Revocations;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.HoldingHead;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.placement.NodePlan;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.RegistryBoard;
import io.tributary.controlplane.routes.RouteDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Hears a node: passes the fact on, and tells it what to read next from what is in memory. Where
 * the store, or the media token keys, were never read, a node is told what it said itself, so it
 * changes nothing.
 *
 * <p>A heartbeat that is not newer than the last one heard here is answered and not passed on. Safe
 * for use by many threads; remembers one line a node.
 */
public final class HeartbeatDesk {
  /** Nobody is told to wait longer than the interval, which the detector counts in. */
  private static final double SHORTEST = 0.9;

  private final Duration interval;
  private final Supplier<RandomGenerator> random;
  private final NodeSettings settings;
  private final RegistryBoard registry;
  private final PlanBoard plans;
  private final HoldingBoard holdings;
  private final PurgeBoard purges;
  private final RouteDesk routes;
  private final EventLog log;
  private final Map<String, Heard> lastHeard = new ConcurrentHashMap<>();

  public HeartbeatDesk(
      Duration interval,
      Supplier<RandomGenerator> random,
      NodeSettings settings,
      RegistryBoard registry,
      PlanBoard plans,
      HoldingBoard holdings,
      PurgeBoard purges,
      RouteDesk routes,
      EventLog log) {
    this.interval = interval;
    this.random = random;
    this.settings = settings;
    this.registry = registry;
    this.plans = plans;
    this.holdings = holdings;
    this.purges = purges;
    this.routes = routes;
    this.log = log;
  }

  /** Hears {@code heartbeat} of the node that the certificate names. */
  public HeartbeatAnswer hear(NodeIdentity node, Heartbeat heartbeat, Instant now) {
    Heard heard = new Heard(heartbeat.incarnation(), heartbeat.sequence(), now);
    if (lastHeard.merge(node.nodeId(), heard, Heard::newer).equals(heard)) {
      log.publish(
          Topics.NODE_FACTS, node.nodeId(), HeartbeatReceived.TYPE, fact(node, heartbeat, now));
    }
    NodePlan plan = plans.plan(node.nodeId());
    HoldingHead held = holdings.of(node.nodeId()).head();
    boolean isInventoryWanted = isInventoryWanted(heartbeat, plan, held);
    return new HeartbeatAnswer(
        nextMillis(),
        settings.current().map(NodeConfig::configVersion).orElse(heartbeat.configVersion()),
        plans.isLoaded() ? plan.head().contentVersion() : heartbeat.contentVersion(),
        purges
            .revocations()
            .map(Revocations::revocationVersion)
            .orElse(heartbeat.revocationVersion()),
        isInventoryWanted,
        registry.isDrainWanted(node.nodeId(), heartbeat.condition() == NodeCondition.DRAINING),
        routes.isWanted(node, heartbeat.routesVersion()),
        isInventoryWanted && !held.digest().isEmpty() ? held.digest() : null);
  }

  /** By chance between nine tenths of the interval and all of it, so that no two stay in step. */
  private long nextMillis() {
    return (long) (interval.toMillis() * random.get().nextDouble(SHORTEST, 1));
  }

  /** When a node was last heard by this replica. */
  public Optional<Instant> lastHeardAt(String nodeId) {
    return Optional.ofNullable(lastHeard.get(nodeId)).map(Heard::at);
  }

  /** The digest differs, or the node has read a plan that its holdings were not checked against. */
  private boolean isInventoryWanted(Heartbeat heartbeat, NodePlan plan, HoldingHead known) {
    if (!holdings.isLoaded() || !plans.isLoaded()) {
      return false;
    }
    long planned = plan.head().contentVersion();
    return !known.digest().equals(heartbeat.inventoryDigest())
        || (known.contentVersion() < planned && heartbeat.contentVersion() >= planned);
  }

  private static HeartbeatReceived fact(NodeIdentity node, Heartbeat heartbeat, Instant now) {
    return new HeartbeatReceived(
        node.nodeId(),
        node.siteId(),
        heartbeat.incarnation(),
        heartbeat.sequence(),
        now,
        Duration.between(now, heartbeat.sentAt()).toMillis(),
        heartbeat.endpoints(),
        heartbeat.condition().name().toLowerCase(Locale.ROOT),
        HeartbeatCheck.harmless(heartbeat.conditionReason()),
        heartbeat.capacity(),
        heartbeat.load(),
        heartbeat.configVersion(),
        heartbeat.contentVersion(),
        heartbeat.revocationVersion(),
        node.certificateNotAfter());
  }

  private record Heard(long incarnation, long sequence, Instant at) {
    static Heard newer(Heard old, Heard fresh) {
      boolean isNewer =
          fresh.incarnation > old.incarnation
              || (fresh.incarnation == old.incarnation && fresh.sequence > old.sequence);
      return isNewer ? fresh : old;
    }
  }
}
