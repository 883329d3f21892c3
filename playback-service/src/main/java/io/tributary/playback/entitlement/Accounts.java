package io.tributary.playback.entitlement;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts are kept.
 *
 * <p>Every method throws {@link io.tributary.playback.store.StoreAwayException} where the store
 * cannot be asked. Safe for use by many threads.
 */
public interface Accounts {
  /** An account, for a viewer who waits. */
  Optional<ViewerAccount> find(String accountId);

  /** An account, as the last write left it. */
  Optional<ViewerAccount> findFresh(String accountId);

  /**
   * Accounts by id.
   *
   * @param after the last id of the page before; null for the first page
   * @param limit at most so many
   */
  List<ViewerAccount> list(@Nullable String after, int limit);

  /** Makes the account, or replaces all it may play. */
  void put(ViewerAccount account);

  /** Removes the account; false if there was none. */
  boolean remove(String accountId);
}
