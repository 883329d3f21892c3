package io.tributary.playback.entitlement;

import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.Recall;

/** Accounts for plays: as the store has them or had them last. */
public final class Viewers {
  private final Accounts accounts;
  private final LastKnown<ViewerAccount> lastKnown;

  public Viewers(Accounts accounts, LastKnown<ViewerAccount> lastKnown) {
    this.accounts = accounts;
    this.lastKnown = lastKnown;
  }

  /** What is known of an account. */
  public Recall<ViewerAccount> find(String accountId) {
    return lastKnown.recall(accountId, () -> accounts.find(accountId));
  }

  /** The account is now this. */
  public void saw(ViewerAccount account) {
    lastKnown.saw(account.accountId(), account);
  }

  /** The account is no more. */
  public void forget(String accountId) {
    lastKnown.forget(accountId);
  }
}
