package io.tributary.contracts.event;

import io.tributary.contracts.media.PackageRef;

/**
 * A package is whole in the object store. Written by media-pipeline.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param titleName for people
 * @param manifestKey of the {@code PackageManifest} in the packages' bucket
 * @param manifestSha256 of its bytes
 * @param durationMillis of the title
 * @param bytes all its files, the manifest too
 */
public record PackagePublished(
    String titleId,
    String packageVersion,
    String titleName,
    String manifestKey,
    String manifestSha256,
    long durationMillis,
    long bytes) {
  /** The envelope's type. */
  public static final String TYPE = "package-published";

  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }
}
