package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import java.time.Duration;

/** Makes short-lived rights to read one file of a package. Safe for use by many threads. */
public interface SourceSigner {
  /**
   * A URL that reads this file and nothing else.
   *
   * @param path of the file in the package; the caller has checked it
   */
  String sign(PackageRef ref, String path, Duration lifetime);
}
