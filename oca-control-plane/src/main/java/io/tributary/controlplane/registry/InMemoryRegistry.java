package io.tributary.controlplane.registry;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A {@link Registry} that forgets: for tests. */
public final class InMemoryRegistry implements Registry {
  private final ConcurrentSkipListMap<String, Network> networks = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, Site> sites = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, RegisteredNode> nodes = new ConcurrentSkipListMap<>();

  @Override
  public void putNetwork(Network network) {
    networks.put(network.id(), network);
  }

  @Override
  public Optional<Network> network(String id) {
    return Optional.ofNullable(networks.get(id));
  }

  @Override
  public List<Network> networks() {
    return List.copyOf(networks.values());
  }

  @Override
  public void putSite(Site site) {
    sites.put(site.id(), site);
  }

  @Override
  public Optional<Site> site(String id) {
    return Optional.ofNullable(sites.get(id));
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(sites.values());
  }

  @Override
  public void enrol(String nodeId, String siteId, Instant at) {
    nodes.merge(
        nodeId,
        new RegisteredNode(nodeId, siteId, at, false, false),
        (old, fresh) -> new RegisteredNode(nodeId, siteId, at, old.revoked(), old.drain()));
  }

  @Override
  public void revoke(String nodeId) {
    nodes.computeIfPresent(
        nodeId,
        (id, old) -> new RegisteredNode(id, old.siteId(), old.enrolledAt(), true, old.drain()));
  }

  @Override
  public void drain(String nodeId, boolean drain) {
    nodes.computeIfPresent(
        nodeId,
        (id, old) -> new RegisteredNode(id, old.siteId(), old.enrolledAt(), old.revoked(), drain));
  }

  @Override
  public Optional<RegisteredNode> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  @Override
  public List<RegisteredNode> nodes() {
    return List.copyOf(nodes.values());
  }
}
