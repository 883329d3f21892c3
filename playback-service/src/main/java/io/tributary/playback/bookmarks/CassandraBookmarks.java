package io.tributary.playback.bookmarks;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.playback.store.CassandraStore;
import java.util.OptionalLong;

/** Bookmarks in Cassandra, an account's in one partition. */
public final class CassandraBookmarks implements Bookmarks {
  private final CassandraStore store;

  public CassandraBookmarks(CassandraStore store) {
    this.store = store;
  }

  @Override
  public OptionalLong find(String accountId, String titleId) {
    Row row =
        store
            .readQuickly(
                "SELECT position_millis FROM bookmarks WHERE account_id = ? AND title_id = ?",
                accountId,
                titleId)
            .one();
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.getLong("position_millis"));
  }

  @Override
  public void put(String accountId, String titleId, long positionMillis) {
    store.run(
        "INSERT INTO bookmarks (account_id, title_id, position_millis) VALUES (?, ?, ?)",
        accountId,
        titleId,
        positionMillis);
  }
}
