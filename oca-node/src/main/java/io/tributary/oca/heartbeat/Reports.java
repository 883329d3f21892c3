package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.contracts.node.Routes;
import io.tributary.oca.heartbeat.Instructions.Versions;
import io.tributary.oca.heartbeat.NodeMemory.Incarnation;
import io.tributary.oca.routes.HeardRoutes;
import io.tributary.oca.store.StoreInventory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this node says of itself: heartbeats, inventories and routes.
 *
 * <p>Heartbeats are made by one thread, and the rest sent by one, maybe another.
 */
final class Reports {
  private final NodeEndpoint endpoint;
  private final String softwareVersion;
  private final NodeMemory memory;
  private final ControlPlane controlPlane;
  private final NodeWork node;
  private final InstantSource clock;

  /** What the control plane took last of this incarnation; of the thread that sends inventories. */
  private @Nullable StoreInventory taken;

  private long incarnation;
  private long sequence;
  private NodeWork.Figures lastFigures = new NodeWork.Figures(0, 0, 0, 0);
  private long lastFiguresAt = System.nanoTime();

  Reports(
      NodeEndpoint endpoint,
      String softwareVersion,
      NodeMemory memory,
      ControlPlane controlPlane,
      NodeWork node,
      InstantSource clock) {
    this.endpoint = endpoint;
    this.softwareVersion = softwareVersion;
    this.memory = memory;
    this.controlPlane = controlPlane;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Begins the incarnation that follows the last one. Called once, before the threads.
   *
   * @return its number
   */
  long begin() {
    long last = memory.incarnation.read().map(Incarnation::number).orElse(0L);
    incarnation = Incarnation.next(last, clock.millis());
    memory.incarnation.keep(new Incarnation(incarnation));
    return incarnation;
  }

  /** The next heartbeat. */
  Heartbeat heartbeat(Identity sender, boolean drains, Versions obeyed) {
    StoreInventory inventory = node.inventory();
    Optional<String> trouble = node.trouble();
    sequence++;
    return new Heartbeat(
        sender.nodeId(),
        incarnation,
        sequence,
        clock.instant(),
        softwareVersion,
        List.of(endpoint),
        drains
            ? NodeCondition.DRAINING
            : trouble.isPresent() ? NodeCondition.DEGRADED : NodeCondition.OK,
        trouble.orElse(null),
        node.capacity(),
        load(),
        obeyed.config(),
        obeyed.content(),
        obeyed.revocation(),
        inventory.digest(),
        inventory.packages().size(),
        node.routes().version());
  }

  /**
   * Sends what is held: what changed in it, if the control plane knows the inventory that it took
   * last from here, else all of it in pages.
   *
   * @param known the digest of what the control plane knows; null if it wants all
   */
  void sendInventory(Identity sender, Versions obeyed, @Nullable String known)
      throws IOException, InterruptedException {
    StoreInventory inventory = node.inventory();
    StoreInventory before = taken;
    if (before == null
        || !before.digest().equals(known)
        || !haveChangesTaken(sender, obeyed, before, inventory)) {
      sendAll(sender, obeyed, inventory);
    }
    taken = inventory;
  }

  /** Whether the changes were few enough to be sent, and taken. */
  private boolean haveChangesTaken(
      Identity sender, Versions obeyed, StoreInventory before, StoreInventory inventory)
      throws IOException, InterruptedException {
    Set<HeldPackage> old = new LinkedHashSet<>(packages(before));
    Set<HeldPackage> fresh = new LinkedHashSet<>(packages(inventory));
    List<HeldPackage> removed = old.stream().filter(each -> !fresh.contains(each)).toList();
    List<HeldPackage> added = fresh.stream().filter(each -> !old.contains(each)).toList();
    if (removed.size() + added.size() > Inventory.MAX_PACKAGES) {
      return false;
    }
    try {
      controlPlane.inventory(
          new InventoryChanges(
              sender.nodeId(),
              incarnation,
              obeyed.content(),
              before.digest(),
              inventory.digest(),
              removed,
              added));
      return true;
    } catch (ControlPlane.RefusedException e) {
      if (e.status() >= 500) {
        throw e;
      }
      // It knows something else by now, or this replica is older and takes no changes.
      return false;
    }
  }

  private static List<HeldPackage> packages(StoreInventory inventory) {
    return inventory.packages().stream()
        .map(held ->
            new HeldPackage(
                held.ref().titleId(), held.ref().packageVersion(), held.manifestSha256()))
        .toList();
  }

  private void sendAll(Identity sender, Versions obeyed, StoreInventory inventory)
      throws IOException, InterruptedException {
    List<HeldPackage> all = packages(inventory);
    int pages = Math.max(1, Math.ceilDiv(all.size(), Inventory.MAX_PACKAGES));
    for (int page = 0; page < pages; page++) {
      int from = page * Inventory.MAX_PACKAGES;
      controlPlane.inventory(
          new Inventory(
              sender.nodeId(),
              incarnation,
              obeyed.content(),
              inventory.digest(),
              page,
              pages,
              all.subList(from, Math.min(all.size(), from + Inventory.MAX_PACKAGES))));
    }
  }

  /** Sends all routes, in pages. */
  void sendRoutes(Identity sender) throws IOException, InterruptedException {
    HeardRoutes heard = node.routes();
    if (heard.version() <= 0) {
      return; // its version says it all
    }
    List<Routes.Route> all = heard.routes();
    int pages = Math.max(1, Math.ceilDiv(all.size(), Routes.MAX_PREFIXES_A_PAGE));
    for (int page = 0; page < pages; page++) {
      int from = page * Routes.MAX_PREFIXES_A_PAGE;
      controlPlane.routes(
          new Routes(
              sender.nodeId(),
              heard.version(),
              all.subList(from, Math.min(all.size(), from + Routes.MAX_PREFIXES_A_PAGE)),
              page,
              pages,
              heard.problem()));
    }
  }

  private NodeLoad load() {
    NodeWork.Figures figures = node.figures();
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastFiguresAt) / (double) TimeUnit.SECONDS.toNanos(1));
    NodeLoad load =
        new NodeLoad(
            (long) ((figures.bytesSent() - lastFigures.bytesSent()) * 8 / seconds),
            figures.connections(),
            figures.bytesHeld(),
            (long) ((figures.bytesFilled() - lastFigures.bytesFilled()) * 8 / seconds));
    lastFigures = figures;
    lastFiguresAt = now;
    return load;
  }
}
