package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which packages nodes should hold at all: those of titles that are not purged, without those whose
 * successor has been placed for so long that no play of the old one is left. Pure.
 */
final class HeldPackages {
  private HeldPackages() {}

  /**
   * Those to be held.
   *
   * @param placedAt since when new plays may use a package
   * @param kept how long a superseded one stays
   */
  static List<KnownPackage> of(
      Collection<KnownPackage> packages,
      Predicate<String> isPurged,
      Function<PackageRef, Optional<Instant>> placedAt,
      Duration kept,
      Instant now) {
    Map<String, Instant> succeeded = new HashMap<>();
    for (KnownPackage each : packages) {
      boolean isLongPlaced =
          placedAt.apply(each.ref()).filter(at -> !at.plus(kept).isAfter(now)).isPresent();
      if (isLongPlaced) {
        succeeded.merge(
            each.titleId(), each.publishedAt(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return packages.stream()
        .filter(each -> !isPurged.test(each.titleId()))
        .filter(each ->
            !each.publishedAt().isBefore(succeeded.getOrDefault(each.titleId(), Instant.MIN)))
        .toList();
  }
}
