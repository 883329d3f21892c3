package io.tributary.contracts.admin;

import java.util.List;

/**
 * An account and what it may play.
 *
 * @param id the bearer tokens' subject: 1 to 128 visible ASCII characters
 * @param entitlements titleIds, or {@code *} for every title; at most 1000
 */
public record Account(String id, List<String> entitlements) {
  public Account {
    entitlements = entitlements == null ? List.of() : List.copyOf(entitlements);
  }
}
