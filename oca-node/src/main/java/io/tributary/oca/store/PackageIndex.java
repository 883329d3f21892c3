package io.tributary.oca.store;

import io.tributary.contracts.media.PackageRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The packages that are held, in memory: what is not in here is not served.
 *
 * <p>Safe for use by many threads.
 */
final class PackageIndex {
  private final Map<String, HeldPackage> packages = new ConcurrentHashMap<>();

  void clear() {
    packages.clear();
  }

  void put(HeldPackage held) {
    packages.put(held.ref().path(), held);
  }

  /** Whether it was there. */
  boolean remove(PackageRef ref) {
    return packages.remove(ref.path()) != null;
  }

  Optional<HeldPackage> find(PackageRef ref) {
    return Optional.ofNullable(packages.get(ref.path()));
  }

  Lookup find(String packagePath, String path) {
    HeldPackage held = packages.get(packagePath);
    return held == null ? new Lookup.Unknown() : held.find(path);
  }

  /** Sorted by title and version. */
  List<Held> held() {
    return packages.values().stream()
        .map(HeldPackage::held)
        .sorted(
            Comparator.comparing((Held held) -> held.ref().titleId())
                .thenComparing(held -> held.ref().packageVersion()))
        .toList();
  }

  long bytes() {
    return packages.values().stream().mapToLong(HeldPackage::bytes).sum();
  }

  /** Those that are not dropped. */
  List<StoredFile> files() {
    return packages.values().stream().flatMap(held -> held.present().stream()).toList();
  }
}
