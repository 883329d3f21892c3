package io.tributary.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /admin/v1/accounts}.
 *
 * @param accounts at most 100, by id
 * @param nextCursor the next page's {@code cursor}, opaque; null on the last page
 */
public record AccountPage(List<Account> accounts, @Nullable String nextCursor) {
  public AccountPage {
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
  }
}
