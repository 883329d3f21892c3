package io.tributary.controlplane.registry;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Networks, sites and nodes as written down. Every call reads its own earlier writes. All of it may
 * throw {@link io.tributary.controlplane.store.StoreUnavailableException}. Safe for use by many
 * threads.
 */
public interface Registry {
  /** Writes all of a network, new or not. */
  void putNetwork(Network network);

  /** The network of this id. */
  Optional<Network> network(String id);

  /** All networks by id. */
  List<Network> networks();

  /** Writes all of a site, new or not; its network is the caller's to check. */
  void putSite(Site site);

  /** The site of this id. */
  Optional<Site> site(String id);

  /** All sites by id. */
  List<Site> sites();

  /** Writes down that a node was let in at a site; what was said of it before stays. */
  void enrol(String nodeId, String siteId, Instant at);

  /** Withdraws a node's identity, for good. */
  void revoke(String nodeId);

  /** Says whether a node should drain. */
  void drain(String nodeId, boolean drain);

  /** The node of this id. */
  Optional<RegisteredNode> node(String id);

  /** All nodes by id. */
  List<RegisteredNode> nodes();
}
