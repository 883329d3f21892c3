package io.tributary.client;

import io.tributary.client.buffer.BufferConfig;
import io.tributary.client.buffer.Pacing;
import java.time.Duration;
import java.util.Optional;

/**
 * How to play a title. Immutable: each method returns a changed copy.
 *
 * @param start where to begin
 * @param limit how much to play at most; empty for all
 * @param pacing whether the buffer drains as a viewer's does
 * @param buffer how far ahead to fetch
 */
public record PlayOptions(
    Start start, Optional<Duration> limit, Pacing pacing, BufferConfig buffer) {
  private static final PlayOptions DEFAULTS =
      new PlayOptions(
          new Start.Beginning(), Optional.empty(), Pacing.REAL_TIME, BufferConfig.DEFAULTS);

  public PlayOptions {
    if (limit.isPresent() && (limit.get().isNegative() || limit.get().isZero())) {
      throw new IllegalArgumentException("limit is " + limit.get() + " (expected: more than 0)");
    }
  }

  /** The whole title from its beginning, in real time, 25 s ahead. */
  public static PlayOptions defaults() {
    return DEFAULTS;
  }

  /** Begins where the account stopped last. */
  public PlayOptions fromBookmark() {
    return new PlayOptions(new Start.Bookmark(), limit, pacing, buffer);
  }

  /**
   * Begins at a position.
   *
   * @param position from the title's start; its end and later ends the play at once
   */
  public PlayOptions from(Duration position) {
    return new PlayOptions(new Start.Position(position), limit, pacing, buffer);
  }

  /** Ends after so much of the title. */
  public PlayOptions atMost(Duration played) {
    return new PlayOptions(start, Optional.of(played), pacing, buffer);
  }

  /** Fetches as fast as it goes, for tests and for filling something else than a screen. */
  public PlayOptions withoutPacing() {
    return new PlayOptions(start, limit, Pacing.NONE, buffer);
  }

  /** Fetches less or further ahead. */
  public PlayOptions withBuffer(BufferConfig newBuffer) {
    return new PlayOptions(start, limit, pacing, newBuffer);
  }

  /** Where a play begins. */
  public sealed interface Start {
    /** At the title's beginning. */
    record Beginning() implements Start {}

    /** Where the account stopped last, by the service's word. */
    record Bookmark() implements Start {}

    /**
     * At a position.
     *
     * @param position from the title's start, 0 or more
     */
    record Position(Duration position) implements Start {
      public Position {
        if (position.isNegative()) {
          throw new IllegalArgumentException("position is " + position + " (expected: 0 or more)");
        }
      }
    }
  }
}
