package io.tributary.playback.bookmarks;

import java.util.OptionalLong;

/**
 * Where bookmarks are kept.
 *
 * <p>Every method throws {@link io.tributary.playback.store.StoreAwayException} where the store
 * cannot be asked. Safe for use by many threads.
 */
public interface Bookmarks {
  /** Where the account stopped last, in milliseconds from the title's start. */
  OptionalLong find(String accountId, String titleId);

  /** The account is here now; the last call wins. */
  void put(String accountId, String titleId, long positionMillis);
}
