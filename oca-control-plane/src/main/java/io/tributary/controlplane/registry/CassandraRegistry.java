package io.tributary.controlplane.registry;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.controlplane.store.ControlKeyspace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@link Registry} in Cassandra: three small tables, read whole. */
public final class CassandraRegistry implements Registry {
  private static final String NETWORK = "SELECT id, name, asn, prefixes, origin_asns FROM networks";
  private static final String SITE = "SELECT id, network_id, name, latitude, longitude FROM sites";
  private static final String NODE = "SELECT id, site_id, enrolled_at, revoked, drain FROM nodes";

  private final ControlKeyspace keyspace;

  public CassandraRegistry(ControlKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public void putNetwork(Network network) {
    keyspace.run(
        "INSERT INTO networks (id, name, asn, prefixes, origin_asns) VALUES (?, ?, ?, ?, ?)",
        network.id(),
        network.name(),
        network.asn(),
        network.prefixes(),
        network.originAsns());
  }

  @Override
  public Optional<Network> network(String id) {
    return keyspace.one(CassandraRegistry::network, NETWORK + " WHERE id = ?", id);
  }

  @Override
  public List<Network> networks() {
    return keyspace.list(CassandraRegistry::network, NETWORK).stream()
        .sorted(Comparator.comparing(Network::id))
        .toList();
  }

  @Override
  public void putSite(Site site) {
    keyspace.run(
        "INSERT INTO sites (id, network_id, name, latitude, longitude) VALUES (?, ?, ?, ?, ?)",
        site.id(),
        site.networkId(),
        site.name(),
        site.latitude(),
        site.longitude());
  }

  @Override
  public Optional<Site> site(String id) {
    return keyspace.one(CassandraRegistry::site, SITE + " WHERE id = ?", id);
  }

  @Override
  public List<Site> sites() {
    return keyspace.list(CassandraRegistry::site, SITE).stream()
        .sorted(Comparator.comparing(Site::id))
        .toList();
  }

  @Override
  public void enrol(String nodeId, String siteId, Instant at) {
    keyspace.run(
        "INSERT INTO nodes (id, site_id, enrolled_at) VALUES (?, ?, ?)", nodeId, siteId, at);
  }

  @Override
  public void revoke(String nodeId) {
    if (node(nodeId).isPresent()) {
      keyspace.run("UPDATE nodes SET revoked = true WHERE id = ?", nodeId);
    }
  }

  @Override
  public void drain(String nodeId, boolean drain) {
    if (node(nodeId).isPresent()) {
      keyspace.run("UPDATE nodes SET drain = ? WHERE id = ?", drain, nodeId);
    }
  }

  @Override
  public Optional<RegisteredNode> node(String id) {
    return keyspace.one(CassandraRegistry::node, NODE + " WHERE id = ?", id);
  }

  @Override
  public List<RegisteredNode> nodes() {
    return keyspace.list(CassandraRegistry::node, NODE).stream()
        .sorted(Comparator.comparing(RegisteredNode::id))
        .toList();
  }

  private static Network network(Row row) {
    return new Network(
        text(row, "id"),
        text(row, "name"),
        row.getLong("asn"),
        list(row, "prefixes", String.class),
        list(row, "origin_asns", Long.class));
  }

  private static Site site(Row row) {
    return new Site(
        text(row, "id"),
        text(row, "network_id"),
        text(row, "name"),
        row.get("latitude", Double.class),
        row.get("longitude", Double.class));
  }

  private static RegisteredNode node(Row row) {
    return new RegisteredNode(
        text(row, "id"),
        text(row, "site_id"),
        Objects.requireNonNull(row.getInstant("enrolled_at"), "enrolled_at"),
        row.getBoolean("revoked"),
        row.getBoolean("drain"));
  }

  /** Empty for a row from before there was such a column. */
  private static <T> List<T> list(Row row, String column, Class<T> type) {
    return Objects.requireNonNullElse(row.getList(column, type), List.of());
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
