package io.tributary.controlplane.purges;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.controlplane.store.ControlKeyspace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** {@link PurgeStore} in one row, which lightweight transactions alone write. */
public final class CassandraPurgeStore implements PurgeStore {
  private static final String NAME = "titles";

  private final ControlKeyspace keyspace;
  private final JsonMapper json;
  private final JavaType titles;

  public CassandraPurgeStore(ControlKeyspace keyspace, JsonMapper json) {
    this.keyspace = keyspace;
    this.json = json;
    this.titles = json.getTypeFactory().constructCollectionType(List.class, PurgedTitle.class);
  }

  @Override
  public PurgeList read() {
    return keyspace
        .decided("SELECT version, titles FROM purges WHERE name = ?", NAME)
        .map(this::list)
        .orElse(PurgeList.NONE);
  }

  @Override
  public boolean replace(PurgeList expected, PurgeList next) {
    String text = json.writeValueAsString(next.titles());
    Optional<Row> against =
        expected.equals(PurgeList.NONE)
            ? keyspace.decide(
                "INSERT INTO purges (name, version, titles) VALUES (?, ?, ?) IF NOT EXISTS",
                NAME,
                next.version(),
                text)
            : keyspace.decide(
                "UPDATE purges SET version = ?, titles = ? WHERE name = ? IF version = ?",
                next.version(),
                text,
                NAME,
                expected.version());
    return against.isEmpty();
  }

  private PurgeList list(Row row) {
    String text = Objects.requireNonNull(row.getString("titles"), "titles");
    return new PurgeList(row.getLong("version"), json.readValue(text, titles));
  }
}
