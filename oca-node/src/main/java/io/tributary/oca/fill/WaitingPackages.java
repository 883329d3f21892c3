package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The packages that could not be had and wait for their next try, each longer the more often it
 * failed.
 *
 * <p>For one thread.
 */
final class WaitingPackages {
  private final Backoff backoff;
  private final int failuresBefore;
  private final RandomGenerator random;
  private final Map<PackageRef, Wait> waits = new HashMap<>();

  /**
   * A package's wait.
   *
   * @param failures in a row
   * @param until its next try
   * @param trouble of this node's disk, if it waits for that; for people
   */
  record Wait(int failures, Instant until, @Nullable String trouble) {}

  /**
   * Nobody waits yet.
   *
   * @param failuresBefore how often a package's files were tried before it counts as failed: its
   *     waits go on from theirs
   */
  WaitingPackages(Backoff backoff, int failuresBefore, RandomGenerator random) {
    this.backoff = backoff;
    this.failuresBefore = failuresBefore;
    this.random = random;
  }

  /** It failed; returns how often in a row, and until when it waits. */
  Wait failed(PackageRef ref, @Nullable String trouble, Instant now) {
    Wait before = waits.get(ref);
    int failures = before == null ? 1 : before.failures() + 1;
    Wait wait =
        new Wait(failures, now.plus(backoff.after(failures + failuresBefore, random)), trouble);
    waits.put(ref, wait);
    return wait;
  }

  /** It is here. */
  void done(PackageRef ref) {
    waits.remove(ref);
  }

  /** Forgets all others. */
  void retain(Collection<PackageRef> refs) {
    waits.keySet().retainAll(refs);
  }

  /** What it still waits for, if its time has not come. */
  Optional<Wait> of(PackageRef ref, Instant now) {
    return Optional.ofNullable(waits.get(ref)).filter(wait -> wait.until().isAfter(now));
  }

  /** Until the first next try, if one comes before so long; else so long. */
  Duration next(Duration most, Instant now) {
    return waits.values().stream()
        .map(wait -> Duration.between(now, wait.until()))
        .filter(left -> left.compareTo(most) < 0)
        .min(Duration::compareTo)
        .orElse(most);
  }
}
