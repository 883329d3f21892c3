package io.tributary.oca.store;

import io.tributary.contracts.media.PackageRef;
import java.time.Instant;

/**
 * Bytes on this disk were not the package's. The file has been dropped from the index already.
 *
 * @param ref the package
 * @param path of the file
 * @param foundBy {@code scrub} or {@code open}
 * @param foundAt this node's clock
 */
public record Corruption(PackageRef ref, String path, String foundBy, Instant foundAt) {
  /** Who found it while reading all files in turn. */
  public static final String BY_SCRUB = "scrub";

  /** Who found it when opening the file to serve it. */
  public static final String BY_OPEN = "open";
}
