package io.tributary.playback.entitlement;

import io.tributary.playback.store.StoreAwayException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The accounts' twin for tests; can be away. */
public final class InMemoryAccounts implements Accounts {
  private final TreeMap<String, ViewerAccount> accounts = new TreeMap<>();
  private boolean isAway;

  /** From now on every call fails, or works again. */
  public void away(boolean away) {
    isAway = away;
  }

  @Override
  public Optional<ViewerAccount> find(String accountId) {
    return findFresh(accountId);
  }

  @Override
  public Optional<ViewerAccount> findFresh(String accountId) {
    check();
    return Optional.ofNullable(accounts.get(accountId));
  }

  @Override
  public List<ViewerAccount> list(@Nullable String after, int limit) {
    check();
    return (after == null ? accounts : accounts.tailMap(after, false))
        .values().stream().limit(limit).toList();
  }

  @Override
  public void put(ViewerAccount account) {
    check();
    accounts.put(account.accountId(), account);
  }

  @Override
  public boolean remove(String accountId) {
    check();
    return accounts.remove(accountId) != null;
  }

  private void check() {
    if (isAway) {
      throw new StoreAwayException("away");
    }
  }
}
