package io.tributary.contracts.admin;

import java.util.List;

/**
 * The body of {@code PUT /admin/v1/accounts/{accountId}}: an account and all it may play.
 *
 * @param entitlements titleIds, or {@code *} for every title; at most 1000, empty for nothing
 */
public record PutAccount(List<String> entitlements) {
  /** The entitlement to every title. */
  public static final String EVERY_TITLE = "*";

  public PutAccount {
    entitlements = List.copyOf(entitlements);
  }
}
