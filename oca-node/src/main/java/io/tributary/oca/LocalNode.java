package io.tributary.oca;

import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.oca.fill.ContentPlan;
import io.tributary.oca.fill.FillRate;
import io.tributary.oca.fill.Filler;
import io.tributary.oca.heartbeat.NodeWork;
import io.tributary.oca.routes.HeardRoutes;
import io.tributary.oca.routes.RouteFeed;
import io.tributary.oca.serve.MediaRights;
import io.tributary.oca.serve.MediaServer;
import io.tributary.oca.serve.ServeCounters;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.StoreInventory;
import io.tributary.token.KeySet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** This node's parts as one, for its reports and for what it is told. */
final class LocalNode implements NodeWork {
  private final NodeCapacity capacity;
  private final PackageStore store;
  private final MediaRights rights;
  private final MediaServer server;
  private final ServeCounters counters;
  private final Filler filler;
  private final FillRate rate;
  private final ScrubPace pace;
  private final RouteFeed routes;
  private volatile @Nullable String storeTrouble;

  LocalNode(
      NodeCapacity capacity,
      PackageStore store,
      MediaRights rights,
      MediaServer server,
      ServeCounters counters,
      Filler filler,
      FillRate rate,
      ScrubPace pace,
      RouteFeed routes) {
    this.capacity = capacity;
    this.store = store;
    this.rights = rights;
    this.server = server;
    this.counters = counters;
    this.filler = filler;
    this.rate = rate;
    this.pace = pace;
    this.routes = routes;
  }

  /** Why the store cannot even be read, or null. */
  void storeTrouble(@Nullable String trouble) {
    storeTrouble = trouble;
  }

  @Override
  public StoreInventory inventory() {
    return store.inventory();
  }

  @Override
  public HeardRoutes routes() {
    return routes.heard();
  }

  @Override
  public NodeCapacity capacity() {
    return capacity;
  }

  @Override
  public Figures figures() {
    return new Figures(
        counters.bytesSent(), rate.bytes(), counters.connections(), store.bytesHeld());
  }

  @Override
  public Optional<String> trouble() {
    String unreadable = storeTrouble;
    return unreadable == null ? filler.trouble() : Optional.of(unreadable);
  }

  @Override
  public void configure(NodeConfig config) {
    KeySet keys = KeySet.parsePublic(config.mediaTokenKeys());
    if (config.scrubPassSeconds() < 1 || config.fillBitsPerSecond() < 1) {
      throw new IllegalArgumentException(
          "scrubPassSeconds and fillBitsPerSecond are "
              + config.scrubPassSeconds()
              + " and "
              + config.fillBitsPerSecond()
              + " (expected: 1 or more)");
    }
    rights.keys(keys);
    rate.limit(config.fillBitsPerSecond());
    Duration pass = Duration.ofSeconds(config.scrubPassSeconds());
    pace.within(pass);
    server.verifyAfter(pass);
  }

  @Override
  public void plan(ContentPlan plan) {
    filler.plan(plan);
  }

  @Override
  public void revoke(Set<String> playbackIds) {
    rights.revoked(playbackIds);
  }

  @Override
  public void purge(Set<String> titleIds) {
    // Refused first: what is being deleted is not to be served meanwhile.
    rights.purged(titleIds);
    filler.purge(titleIds);
  }

  @Override
  public void drain(boolean drains) {
    filler.drain(drains);
  }

  @Override
  public void servesUntil(Instant end) {
    rights.servesUntil(end);
  }

  @Override
  public void mayServe(boolean may) {
    rights.mayServe(may);
  }
}
