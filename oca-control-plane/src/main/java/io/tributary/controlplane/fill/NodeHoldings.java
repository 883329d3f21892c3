package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import java.util.Set;

/**
 * What a node has confirmed of its plan. Immutable.
 *
 * @param head where it comes from
 * @param packages held as planned
 */
public record NodeHoldings(HoldingHead head, Set<PackageRef> packages) {
  /** Of a node that never confirmed anything. */
  public static final NodeHoldings NONE = new NodeHoldings(HoldingHead.NONE, Set.of());

  public NodeHoldings {
    packages = Set.copyOf(packages);
  }
}
