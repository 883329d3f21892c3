package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Copies that nobody can count on: planned onto a node that takes nothing (degraded or draining)
 * and not confirmed by it. Each copy has a time of its own, which begins anew whenever the copy is
 * confirmed or the node takes something again: a copy that breaks on a draining node gets the whole
 * patience to be mended.
 *
 * <p>Pure: time comes in. Not safe for use by many threads.
 */
final class StuckCopies implements BiPredicate<String, PackageRef> {
  private record Copy(String nodeId, PackageRef ref) {}

  private final Duration patience;
  private final BiPredicate<String, PackageRef> mayHold;
  private Map<Copy, Instant> since = Map.of();
  private Instant stuckSince = Instant.MIN;

  /**
   * Nobody's copies yet.
   *
   * @param mayHold whether a node may have confirmed a package
   */
  StuckCopies(Duration patience, BiPredicate<String, PackageRef> mayHold) {
    this.patience = patience;
    this.mayHold = mayHold;
  }

  /** Looks at the plans of the nodes that take nothing now. */
  void look(Set<String> takeNothing, Map<String, NodePlan> plans, Instant now) {
    Map<Copy, Instant> fresh = new HashMap<>();
    for (String nodeId : takeNothing) {
      for (PlannedPackage planned : plans.getOrDefault(nodeId, NodePlan.NONE).packages()) {
        if (!mayHold.test(nodeId, planned.ref())) {
          Copy copy = new Copy(nodeId, planned.ref());
          fresh.put(copy, since.getOrDefault(copy, now));
        }
      }
    }
    since = fresh;
    stuckSince = now.minus(patience);
  }

  /** Starts counting anew: another has looked meanwhile. */
  void forget() {
    since = Map.of();
  }

  /** Whether the copy was stuck for the whole patience at the last look. */
  @Override
  public boolean test(String nodeId, PackageRef ref) {
    Instant began = since.get(new Copy(nodeId, ref));
    return began != null && !began.isAfter(stuckSince);
  }
}
