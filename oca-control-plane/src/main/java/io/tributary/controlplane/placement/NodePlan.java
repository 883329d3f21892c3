package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a node should hold. Immutable.
 *
 * @param head which plan this is
 * @param packages by title and version
 */
public record NodePlan(PlanHead head, List<PlannedPackage> packages) {
  /** The order of packages in plans. */
  public static final Comparator<PlannedPackage> ORDER =
      Comparator.comparing(PlannedPackage::titleId).thenComparing(PlannedPackage::packageVersion);

  /** Of a node that was never planned for. */
  public static final NodePlan NONE = new NodePlan(PlanHead.NONE, List.of());

  public NodePlan {
    packages = packages.stream().sorted(ORDER).toList();
  }

  /** The package's entry; empty if the node should not hold it. */
  public Optional<PlannedPackage> find(PackageRef ref) {
    int at =
        Collections.binarySearch(
            packages, new PlannedPackage(ref.titleId(), ref.packageVersion(), "", 0), ORDER);
    return at < 0 ? Optional.empty() : Optional.of(packages.get(at));
  }
}
