package io.tributary.controlplane.copies;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;

/**
 * A copy in a node's plan.
 *
 * @param planned what it is a copy of
 * @param state where it is in its life
 */
public record PlannedCopy(PlannedPackage planned, CopyState state) {
  /** One that the node should hold since that contentVersion. */
  public static PlannedCopy placed(PlannedPackage planned, long since) {
    return new PlannedCopy(planned, new CopyState.Placed(since));
  }

  /** The package's name. */
  public PackageRef ref() {
    return planned.ref();
  }
}
