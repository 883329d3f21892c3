package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import java.util.Set;

/**
 * What a node holds of its copies, those that leave or should be gone too. Immutable.
 *
 * @param head where it comes from
 * @param packages held: as planned, or at all where they should leave
 */
public record NodeHoldings(HoldingHead head, Set<PackageRef> packages) {
  /** Of a node that never confirmed anything. */
  public static final NodeHoldings NONE = new NodeHoldings(HoldingHead.NONE, Set.of());

  public NodeHoldings {
    packages = Set.copyOf(packages);
  }
}
