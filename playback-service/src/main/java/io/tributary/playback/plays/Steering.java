package io.tributary.playback.plays;

import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;

/** Whom the service asks for nodes. Safe for use by many threads. */
public interface Steering {
  /** Ranks nodes for a play, within about a second. */
  Answer rank(RankingRequest request);

  /** What steering says, or that it says nothing. */
  sealed interface Answer {
    /** It decided. */
    record Decided(Ranking ranking) implements Answer {}

    /** No replica of it answered. */
    record Away() implements Answer {}
  }
}
