package io.tributary.controlplane.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists of a node's packages, each immutable and under a name of its own, as JSON in pages: whole
 * they could be larger than a row may be. Safe for use by many threads.
 *
 * @param <T> what is said of a package
 */
public final class PackagePages<T> {
  /** Some 80 KiB of JSON. */
  private static final int PAGE = 500;

  private final ControlKeyspace keyspace;
  private final JsonMapper json;
  private final JavaType list;
  private final String insert;
  private final String select;
  private final String delete;

  /**
   * The lists of one table.
   *
   * @param table with columns {@code node_id}, {@code page}, {@code packages} and the name's
   * @param name the column of a list's name
   */
  public PackagePages(
      ControlKeyspace keyspace, JsonMapper json, String table, String name, Class<T> type) {
    this.keyspace = keyspace;
    this.json = json;
    this.list = json.getTypeFactory().constructCollectionType(List.class, type);
    this.insert =
        "INSERT INTO " + table + " (node_id, " + name + ", page, packages) VALUES (?, ?, ?, ?)";
    this.select = "SELECT packages FROM " + table + " WHERE node_id = ? AND " + name + " = ?";
    this.delete = "DELETE FROM " + table + " WHERE node_id = ? AND " + name + " = ?";
  }

  /** Writes a list under a name that none has had. */
  public void write(String nodeId, String name, List<T> packages) {
    for (int page = 0; page * PAGE < packages.size(); page++) {
      List<T> part = packages.subList(page * PAGE, Math.min((page + 1) * PAGE, packages.size()));
      keyspace.run(insert, nodeId, name, page, json.writeValueAsString(part));
    }
  }

  /** The list in its order; empty if it is not there. */
  public List<T> read(String nodeId, String name) {
    List<T> all = new ArrayList<>();
    for (String page :
        keyspace.list(
            row -> Objects.requireNonNull(row.getString("packages")), select, nodeId, name)) {
      all.addAll(json.<List<T>>readValue(page, list));
    }
    return all;
  }

  /** Deletes a list; the empty name is none's. */
  public void delete(String nodeId, String name) {
    if (!name.isEmpty()) {
      keyspace.run(delete, nodeId, name);
    }
  }
}
