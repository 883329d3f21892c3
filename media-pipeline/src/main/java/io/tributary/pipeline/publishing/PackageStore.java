package io.tributary.pipeline.publishing;

import io.tributary.contracts.media.PackageRef;
import java.util.Optional;

/**
 * Where packages are kept. Methods throw {@code StoreUnavailableException} while it cannot be
 * asked. Safe for use by many threads.
 */
public interface PackageStore {
  /** The bytes of a package's manifest; empty while the package does not exist. */
  Optional<byte[]> manifest(PackageRef ref);

  /** Keeps a file of a package, in the place of an earlier one. */
  void put(PackageRef ref, String path, byte[] bytes);

  /** The key of a file in the packages' bucket. */
  static String key(PackageRef ref, String path) {
    return "packages/" + ref.path() + "/" + path;
  }
}
