package io.tributary.pipeline.packaging;

import io.tributary.contracts.media.PackageManifest;

/** How the making of a package ended. */
public sealed interface PackagingResult {
  /** Every file lies in the directory, and the manifest tells each. */
  record Packaged(PackageManifest manifest) implements PackagingResult {}

  /** The source cannot be decoded to its end; {@code reason} says how far, for people. */
  record NotDecodable(String reason) implements PackagingResult {}
}
