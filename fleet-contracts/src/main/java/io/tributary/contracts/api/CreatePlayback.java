package io.tributary.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A viewer pressed Play: the body of {@code POST /api/v1/playbacks}.
 *
 * @param titleId what to play: 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or
 *     digit
 * @param include {@code ranking} to get the nodes' ranking in the answer; null or empty for nothing
 *     more. Other words are ignored
 */
public record CreatePlayback(String titleId, @Nullable List<String> include) {
  /** The word in {@code include} that asks for {@link Playback#ranking()}. */
  public static final String INCLUDE_RANKING = "ranking";

  /**
   * The header that names one press of Play: each repetition of the request sends the same text and
   * gets the same play. A new press takes a new random text; another title under the same one is a
   * conflict.
   */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** What the header's value looks like. */
  public static final String IDEMPOTENCY_KEY_PATTERN = "[\\x21-\\x7e]{1,128}";
}
