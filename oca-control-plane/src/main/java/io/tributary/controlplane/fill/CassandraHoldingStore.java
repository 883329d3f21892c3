package io.tributary.controlplane.fill;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.store.ControlKeyspace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@link HoldingStore} in Cassandra: content under a name of its own, then the head to it. */
public final class CassandraHoldingStore implements HoldingStore {
  private static final int PAGE = 500;
  private static final TypeReference<List<PackageRef>> PACKAGES = new TypeReference<>() {};

  private final ControlKeyspace keyspace;
  private final JsonMapper json;

  public CassandraHoldingStore(ControlKeyspace keyspace, JsonMapper json) {
    this.keyspace = keyspace;
    this.json = json;
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
    Set<PackageRef> all = new HashSet<>();
    keyspace
        .list(
            row -> text(row, "packages"),
            "SELECT packages FROM holding_pages WHERE node_id = ? AND revision = ?",
            nodeId,
            head.revision())
        .forEach(page -> all.addAll(json.readValue(page, PACKAGES)));
    return all;
  }

  @Override
  public void put(String nodeId, HoldingHead before, NodeHoldings holdings) {
    HoldingHead head = holdings.head();
    List<PackageRef> packages =
        holdings.packages().stream().sorted(Comparator.comparing(PackageRef::path)).toList();
    for (int page = 0; page * PAGE < packages.size(); page++) {
      keyspace.run(
          "INSERT INTO holding_pages (node_id, revision, page, packages) VALUES (?, ?, ?, ?)",
          nodeId,
          head.revision(),
          page,
          json.writeValueAsString(
              packages.subList(page * PAGE, Math.min((page + 1) * PAGE, packages.size()))));
    }
    keyspace.run(
        "INSERT INTO holding_heads (node_id, digest, content_version, revision, packages)"
            + " VALUES (?, ?, ?, ?, ?)",
        nodeId,
        head.digest(),
        head.contentVersion(),
        head.revision(),
        head.packages());
    if (!before.revision().isEmpty()) {
      keyspace.run(
          "DELETE FROM holding_pages WHERE node_id = ? AND revision = ?",
          nodeId,
          before.revision());
    }
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
