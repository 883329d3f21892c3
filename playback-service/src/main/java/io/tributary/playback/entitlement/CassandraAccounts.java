package io.tributary.playback.entitlement;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.playback.store.CassandraStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in Cassandra. The list of their ids is a table of its own, written first: an id without
 * an account is listed without rights, an account that no list shows would be lost to operators.
 */
public final class CassandraAccounts implements Accounts {
  private static final String SHELF = "all";
  private static final String SELECT =
      "SELECT account_id, entitlements FROM accounts WHERE account_id = ?";

  private final CassandraStore store;

  public CassandraAccounts(CassandraStore store) {
    this.store = store;
  }

  @Override
  public Optional<ViewerAccount> find(String accountId) {
    return Optional.ofNullable(store.readQuickly(SELECT, accountId).one())
        .map(row -> read(accountId, row));
  }

  @Override
  public Optional<ViewerAccount> findFresh(String accountId) {
    return Optional.ofNullable(store.run(SELECT, accountId).one()).map(row -> read(accountId, row));
  }

  @Override
  public List<ViewerAccount> list(@Nullable String after, int limit) {
    return store
        .run(
            "SELECT account_id FROM account_ids WHERE shelf = ? AND account_id > ? LIMIT ?",
            SHELF,
            after == null ? "" : after,
            limit)
        .all()
        .stream()
        .flatMap(row -> Optional.ofNullable(row.getString("account_id")).stream())
        .map(id -> findFresh(id).orElseGet(() -> new ViewerAccount(id, Set.of())))
        .toList();
  }

  @Override
  public void put(ViewerAccount account) {
    store.run(
        "INSERT INTO account_ids (shelf, account_id) VALUES (?, ?)", SHELF, account.accountId());
    store.run(
        "INSERT INTO accounts (account_id, entitlements) VALUES (?, ?)",
        account.accountId(),
        account.entitlements());
  }

  @Override
  public boolean remove(String accountId) {
    boolean existed = findFresh(accountId).isPresent();
    store.run("DELETE FROM accounts WHERE account_id = ?", accountId);
    store.run("DELETE FROM account_ids WHERE shelf = ? AND account_id = ?", SHELF, accountId);
    return existed;
  }

  private static ViewerAccount read(String accountId, Row row) {
    Set<String> entitlements = row.getSet("entitlements", String.class);
    return new ViewerAccount(accountId, entitlements == null ? Set.of() : entitlements);
  }
}
