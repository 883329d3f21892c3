package io.tributary.controlplane.placement;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.store.PackagePages;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link PlacementStore} in Cassandra. A plan's content is written under a name of its own before a
 * lightweight transaction makes it the current one, so readers see whole plans only, and two
 * planners never mix theirs.
 */
public final class CassandraPlacementStore implements PlacementStore {
  private static final String LEASE = "planner";
  private static final String PACKAGE =
      "SELECT title_id, package_version, manifest_sha256, bytes, published_at FROM packages";

  private final ControlKeyspace keyspace;
  private final PackagePages<StoredCopy> pages;

  public CassandraPlacementStore(ControlKeyspace keyspace, JsonMapper json) {
    this.keyspace = keyspace;
    this.pages = new PackagePages<>(keyspace, json, "plan_pages", "plan_id", StoredCopy.class);
  }

  @Override
  public void putPackage(KnownPackage known) {
    keyspace.run(
        "INSERT INTO packages (title_id, package_version, manifest_sha256, bytes, published_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        known.titleId(),
        known.packageVersion(),
        known.manifestSha256(),
        known.bytes(),
        known.publishedAt());
  }

  @Override
  public List<KnownPackage> packages() {
    return keyspace.list(CassandraPlacementStore::known, PACKAGE).stream()
        .sorted(
            Comparator.comparing(KnownPackage::titleId).thenComparing(KnownPackage::packageVersion))
        .toList();
  }

  @Override
  public Optional<KnownPackage> find(String titleId, String packageVersion) {
    return keyspace.one(
        CassandraPlacementStore::known,
        PACKAGE + " WHERE title_id = ? AND package_version = ?",
        titleId,
        packageVersion);
  }

  @Override
  public Map<String, PlanHead> heads() {
    Map<String, PlanHead> heads = new TreeMap<>();
    keyspace
        .run("SELECT node_id, content_version, plan_id, packages FROM plan_heads")
        .forEach(row -> heads.put(text(row, "node_id"), head(row)));
    return heads;
  }

  @Override
  public List<PlannedCopy> content(String nodeId, PlanHead head) {
    return pages.read(nodeId, head.planId()).stream().map(StoredCopy::copy).toList();
  }

  @Override
  public boolean publish(
      String nodeId, PlanHead expected, PlanHead next, List<PlannedCopy> copies) {
    pages.write(nodeId, next.planId(), copies.stream().map(StoredCopy::of).toList());
    Optional<Row> against =
        expected.equals(PlanHead.NONE)
            ? keyspace.decide(
                "INSERT INTO plan_heads (node_id, content_version, plan_id, packages)"
                    + " VALUES (?, ?, ?, ?) IF NOT EXISTS",
                nodeId,
                next.contentVersion(),
                next.planId(),
                next.packages())
            : keyspace.decide(
                "UPDATE plan_heads SET content_version = ?, plan_id = ?, packages = ?"
                    + " WHERE node_id = ? IF plan_id = ?",
                next.contentVersion(),
                next.planId(),
                next.packages(),
                nodeId,
                expected.planId());
    boolean isCurrent =
        against.isEmpty()
            || (against.get().getColumnDefinitions().contains("plan_id")
                && next.planId().equals(against.get().getString("plan_id")));
    pages.delete(nodeId, isCurrent ? expected.planId() : next.planId());
    return isCurrent;
  }

  @Override
  public boolean lease(String holder, Duration lifetime) {
    int seconds = Math.toIntExact(lifetime.toSeconds());
    return keyspace
            .decide(
                "UPDATE leases USING TTL ? SET holder = ? WHERE name = ? IF holder = ?",
                seconds,
                holder,
                LEASE,
                holder)
            .isEmpty()
        || keyspace
            .decide(
                "UPDATE leases USING TTL ? SET holder = ? WHERE name = ? IF holder = null",
                seconds,
                holder,
                LEASE)
            .isEmpty();
  }

  @Override
  public void release(String holder) {
    keyspace.decide("DELETE holder FROM leases WHERE name = ? IF holder = ?", LEASE, holder);
  }

  private static KnownPackage known(Row row) {
    return new KnownPackage(
        text(row, "title_id"),
        text(row, "package_version"),
        text(row, "manifest_sha256"),
        row.getLong("bytes"),
        Objects.requireNonNull(row.getInstant("published_at"), "published_at"));
  }

  private static PlanHead head(Row row) {
    return new PlanHead(
        row.getLong("content_version"), text(row, "plan_id"), row.getInt("packages"));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
