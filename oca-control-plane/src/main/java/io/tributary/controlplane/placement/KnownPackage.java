package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import java.time.Instant;

/**
 * A published package.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param manifestSha256 its digest
 * @param bytes all its files
 * @param publishedAt when
 */
public record KnownPackage(
    String titleId, String packageVersion, String manifestSha256, long bytes, Instant publishedAt) {
  /** Its name. */
  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }

  PlannedPackage planned() {
    return new PlannedPackage(titleId, packageVersion, manifestSha256, bytes);
  }
}
