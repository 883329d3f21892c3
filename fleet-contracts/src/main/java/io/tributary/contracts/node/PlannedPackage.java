package io.tributary.contracts.node;

import io.tributary.contracts.media.PackageRef;

/**
 * A package that a node should hold.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param manifestSha256 of the {@code PackageManifest}'s bytes: the package's digest
 * @param bytes all its files
 */
public record PlannedPackage(
    String titleId, String packageVersion, String manifestSha256, long bytes) {
  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }
}
