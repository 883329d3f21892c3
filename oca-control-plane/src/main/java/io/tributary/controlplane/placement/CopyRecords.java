package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.copies.CopyFacts.Evidence;
import java.time.Instant;
import java.util.Optional;

/** What is known of copies beside their plans. Safe for use by many threads. */
public interface CopyRecords {
  /** Whether all of it was read once; before that nothing may be decided from it. */
  boolean isComplete();

  /** Whether Kafka, as read back, says that the node holds the package. */
  boolean isSaid(String nodeId, PackageRef ref);

  /** What the node confirmed. */
  Evidence evidence(String nodeId, PackageRef ref);

  /** Whether nobody should hold or serve the title. */
  boolean isPurged(String titleId);

  /** Since when new plays may use the package; empty if they may not. */
  Optional<Instant> placedAt(PackageRef ref);

  /** Says that the node is not to be named for the package; what is lost is said again later. */
  void takeBack(String nodeId, PackageRef ref);
}
