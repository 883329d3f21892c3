package io.tributary.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of {@code GET /admin/v1/accounts}, by id; {@code nextCursor} is null on the last. */
public record AccountPage(List<Account> accounts, @Nullable String nextCursor) {
  public AccountPage {
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
  }
}
