package io.tributary.steering.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot to decide from now, and how far it can be trusted. Readers see a whole snapshot or
 * the one before it. One thread writes, many may read.
 */
public final class Fleet {
  private final LoadBoard loads = new LoadBoard();
  private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;
  private volatile @Nullable Instant aliveAt;
  private volatile boolean usable;

  /** What is known now. */
  public FleetSnapshot snapshot() {
    return snapshot;
  }

  /** The nodes' live figures. */
  public LoadBoard loads() {
    return loads;
  }

  /**
   * Whether decisions may be made: a snapshot was found on disk, or the state topics were read to
   * their end once. Before, to say that a package is placed nowhere would be a guess.
   */
  public boolean isUsable() {
    return usable;
  }

  /** Since the feed was last proven alive, over restarts; empty if it never was. */
  public Optional<Duration> age(Instant now) {
    Instant at = aliveAt;
    if (at == null) {
      return Optional.empty();
    }
    Duration age = Duration.between(at, now);
    return Optional.of(age.isNegative() ? Duration.ZERO : age);
  }

  /** When the feed was last proven alive; null if it never was. */
  @Nullable Instant aliveAt() {
    return aliveAt;
  }

  /** Puts the next snapshot in the place of this one. */
  public void swap(FleetSnapshot next) {
    snapshot = next;
  }

  /** The feed was proven alive. */
  public void aliveAt(@Nullable Instant at) {
    aliveAt = at;
  }

  /** Decisions may be made from now on. */
  public void usable() {
    usable = true;
  }
}
