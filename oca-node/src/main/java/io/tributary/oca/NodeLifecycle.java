package io.tributary.oca;

import io.tributary.oca.fill.Filler;
import io.tributary.oca.heartbeat.HeartbeatLoop;
import io.tributary.oca.routes.RouteFeed;
import io.tributary.oca.serve.MediaServer;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.Scrubber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the node's parts in the order in which they need each other, and stops them the other way
 * round. The node serves what it holds before it has spoken to anyone.
 */
final class NodeLifecycle implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(NodeLifecycle.class);
  private static final Duration STORE_RETRY = Duration.ofSeconds(5);

  private final PackageStore store;
  private final Scrubber scrubber;
  private final ScrubPace pace;
  private final MediaServer server;
  private final Filler filler;
  private final HeartbeatLoop heartbeat;
  private final LocalNode node;
  private final RouteFeed routes;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isRunning;

  NodeLifecycle(
      PackageStore store,
      Scrubber scrubber,
      ScrubPace pace,
      MediaServer server,
      Filler filler,
      HeartbeatLoop heartbeat,
      LocalNode node,
      RouteFeed routes) {
    this.store = store;
    this.scrubber = scrubber;
    this.pace = pace;
    this.server = server;
    this.filler = filler;
    this.heartbeat = heartbeat;
    this.node = node;
    this.routes = routes;
  }

  @Override
  public void start() {
    isRunning = true;
    store.onCorruption(heartbeat::corruptionFound);
    store.onCorruption(found -> filler.wake());
    boolean isOpen = openStore();
    heartbeat.recall();
    try {
      heartbeat.checkIdentity();
      server.start();
    } catch (IOException e) {
      isRunning = false;
      throw new UncheckedIOException(e);
    }
    run("oca-routes", routes);
    run("oca-heartbeat", heartbeat::beat);
    run("oca-sync", heartbeat::sync);
    run("oca-report", heartbeat::report);
    run("oca-disk", () -> useDisk(isOpen));
  }

  @Override
  public void stop() {
    isRunning = false;
    heartbeat.close();
    filler.close();
    routes.close();
    server.close();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    log.info("node=stopped");
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  private void run(String name, Runnable work) {
    threads.add(Thread.ofPlatform().daemon().name(name).start(work));
  }

  private boolean openStore() {
    try {
      store.open();
      node.storeTrouble(null);
      return true;
    } catch (IOException e) {
      log.error("store=unreadable reason=\"{}\"", e.toString());
      node.storeTrouble("store cannot be read: " + e);
      return false;
    }
  }

  /** Fills and scrubs once the disk can be read. */
  private void useDisk(boolean isOpen) {
    try {
      for (boolean isReady = isOpen; !isReady; isReady = openStore()) {
        Thread.sleep(STORE_RETRY);
      }
    } catch (InterruptedException e) {
      return;
    }
    Thread filling = Thread.ofPlatform().daemon().name("oca-fill").start(filler);
    scrubber.run(pace::within, pace);
    filling.interrupt();
  }
}
