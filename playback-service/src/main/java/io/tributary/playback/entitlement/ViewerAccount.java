package io.tributary.playback.entitlement;

import io.tributary.contracts.admin.PutAccount;
import java.util.Set;

/**
 * Someone who may play.
 *
 * @param accountId the bearer tokens' subject
 * @param entitlements titleIds, or {@link PutAccount#EVERY_TITLE}
 */
public record ViewerAccount(String accountId, Set<String> entitlements) {
  public ViewerAccount {
    entitlements = Set.copyOf(entitlements);
  }

  /** Whether the account may play this title. */
  public boolean mayPlay(String titleId) {
    return entitlements.contains(PutAccount.EVERY_TITLE) || entitlements.contains(titleId);
  }
}
