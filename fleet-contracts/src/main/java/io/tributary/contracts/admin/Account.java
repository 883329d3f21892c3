package io.tributary.contracts.admin;

import java.util.List;

/**
 * An account and what it may play.
 *
 * @param id the bearer tokens' subject
 * @param entitlements as in {@link PutAccount}
 */
public record Account(String id, List<String> entitlements) {
  public Account {
    entitlements = entitlements == null ? List.of() : List.copyOf(entitlements);
  }
}
