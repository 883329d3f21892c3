package io.tributary.contracts.node;

import io.tributary.contracts.media.PackageRef;

/**
 * A package that a node should hold.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param manifestSha256 of the {@code PackageManifest}'s bytes: the package's digest
 * @param bytes all its files
 * @param leaving whether it is on its way out: what is here of it stays for now, nothing of it is
 *     fetched. A node that does not know this holds it whole for so long; false where it is not
 *     told
 */
public record PlannedPackage(
    String titleId, String packageVersion, String manifestSha256, long bytes, Boolean leaving) {
  public PlannedPackage {
    // What JSON lacks arrives as null whatever the record's type says.
    leaving = Boolean.TRUE.equals(leaving);
  }

  /** One that stays. */
  public PlannedPackage(String titleId, String packageVersion, String manifestSha256, long bytes) {
    this(titleId, packageVersion, manifestSha256, bytes, false);
  }

  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }

  /** The same, on its way out. */
  public PlannedPackage asLeaving() {
    return new PlannedPackage(titleId, packageVersion, manifestSha256, bytes, true);
  }
}
