package io.tributary.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A viewer pressed Play: the body of {@code POST /api/v1/playbacks}.
 *
 * @param titleId what to play
 * @param include {@code ranking} to get the nodes' ranking in the answer; null or empty for nothing
 *     more
 */
public record CreatePlayback(String titleId, @Nullable List<String> include) {
  /** The word in {@code include} that asks for {@link Playback#ranking()}. */
  public static final String INCLUDE_RANKING = "ranking";
}
