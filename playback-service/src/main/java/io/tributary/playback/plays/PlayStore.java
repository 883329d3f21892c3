package io.tributary.playback.plays;

import java.time.Duration;
import java.util.Optional;

/** Where plays are kept while they last. Safe for use by many threads. */
public interface PlayStore {
  /**
   * Keeps a play, or its new state, for a time. Never waits and never fails: a play that is not
   * kept can still be renewed by its manifest's URL.
   */
  void keep(Play play, Duration keepFor);

  /**
   * A play that is still kept.
   *
   * @throws io.tributary.playback.store.StoreAwayException where the store cannot be asked
   */
  Optional<Play> find(String playbackId);
}
