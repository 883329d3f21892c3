package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.PlannedCopy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The copies of a node. Immutable.
 *
 * @param head which plan this is
 * @param copies by title and version: those it should hold, those on their way out, and those it
 *     was told to delete and did not prove to be without
 */
public record NodePlan(PlanHead head, List<PlannedCopy> copies) {
  /** The order of packages in plans. */
  public static final Comparator<PlannedPackage> ORDER =
      Comparator.comparing(PlannedPackage::titleId).thenComparing(PlannedPackage::packageVersion);

  /** Of a node that was never planned for. */
  public static final NodePlan NONE = new NodePlan(PlanHead.NONE, List.of());

  public NodePlan {
    copies = copies.stream().sorted(Comparator.comparing(PlannedCopy::planned, ORDER)).toList();
  }

  /**
   * The packages that the node should hold, and that it may be named for once it confirmed them.
   */
  public List<PlannedPackage> packages() {
    return copies.stream().filter(NodePlan::isPlaced).map(PlannedCopy::planned).toList();
  }

  /** What the node is told: what it should hold, and what is on its way out. */
  public List<PlannedPackage> told() {
    return copies.stream()
        .filter(copy -> copy.state().isInPlan())
        .map(copy -> isPlaced(copy) ? copy.planned() : copy.planned().asLeaving())
        .toList();
  }

  /** The package's entry; empty if the node should not hold it. */
  public Optional<PlannedPackage> find(PackageRef ref) {
    return copy(ref).filter(NodePlan::isPlaced).map(PlannedCopy::planned);
  }

  /** The copy, wherever it is in its life. */
  public Optional<PlannedCopy> copy(PackageRef ref) {
    int low = 0;
    int high = copies.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      PlannedPackage found = copies.get(middle).planned();
      int order = found.titleId().compareTo(ref.titleId());
      if (order == 0) {
        order = found.packageVersion().compareTo(ref.packageVersion());
      }
      if (order == 0) {
        return Optional.of(copies.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Of copies that take room on the node's disk, or may still do so, and are not to stay. */
  public long bytesLeaving() {
    return copies.stream()
        .filter(copy -> !isPlaced(copy))
        .mapToLong(copy -> copy.planned().bytes())
        .sum();
  }

  private static boolean isPlaced(PlannedCopy copy) {
    return copy.state() instanceof CopyState.Placed;
  }
}
