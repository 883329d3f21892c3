package io.tributary.controlplane.fill;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.store.PackagePages;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** {@link HoldingStore} in Cassandra: content under a name of its own, then the head to it. */
public final class CassandraHoldingStore implements HoldingStore {
  private final ControlKeyspace keyspace;
  private final PackagePages<PackageRef> pages;

  public CassandraHoldingStore(ControlKeyspace keyspace, JsonMapper json) {
    this.keyspace = keyspace;
    this.pages = new PackagePages<>(keyspace, json, "holding_pages", "revision", PackageRef.class);
  }

  @Override
  public Map<String, HoldingHead> heads() {
    Map<String, HoldingHead> heads = new TreeMap<>();
    keyspace
        .run("SELECT node_id, digest, content_version, revision, packages FROM holding_heads")
        .forEach(row ->
            heads.put(
                text(row, "node_id"),
                new HoldingHead(
                    text(row, "digest"),
                    row.getLong("content_version"),
                    text(row, "revision"),
                    row.getInt("packages"))));
    return heads;
  }

  @Override
  public Set<PackageRef> content(String nodeId, HoldingHead head) {
    return Set.copyOf(pages.read(nodeId, head.revision()));
  }

  @Override
  public void put(String nodeId, HoldingHead before, NodeHoldings holdings) {
    HoldingHead head = holdings.head();
    pages.write(
        nodeId,
        head.revision(),
        holdings.packages().stream().sorted(Comparator.comparing(PackageRef::path)).toList());
    keyspace.run(
        "INSERT INTO holding_heads (node_id, digest, content_version, revision, packages)"
            + " VALUES (?, ?, ?, ?, ?)",
        nodeId,
        head.digest(),
        head.contentVersion(),
        head.revision(),
        head.packages());
    pages.delete(nodeId, before.revision());
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
