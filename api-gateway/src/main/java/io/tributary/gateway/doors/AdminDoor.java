package io.tributary.gateway.doors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The operators' listener, beside the public one that Boot starts. */
public final class AdminDoor implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

  /** As long as Boot waits for the public door's last requests. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** Of both doors; the public one has it from its settings. */
  static final int MAX_HEADER_BYTES = 16 * 1024;

  private final AdminDoorConfig config;
  private final HttpHandler handler;
  private final ConnectionGuard guard;
  private volatile @Nullable DisposableServer server;

  public AdminDoor(AdminDoorConfig config, HttpHandler handler, ConnectionGuard guard) {
    this.config = config;
    this.handler = handler;
    this.guard = guard;
  }

  /** The port that it listens on; 0 while it does not. */
  public int port() {
    DisposableServer running = server;
    return running == null ? 0 : running.port();
  }

  @Override
  public void start() {
    DisposableServer bound =
        HttpServer.create()
            .host(config.address())
            .port(config.port())
            .idleTimeout(IDLE_TIMEOUT)
            .httpRequestDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_BYTES))
            .doOnChannelInit(guard)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    server = bound;
    LOG.info("door=admin address={} port={} state=open", config.address(), bound.port());
  }

  @Override
  public void stop() {
    DisposableServer running = server;
    server = null;
    if (running != null) {
      running.disposeNow(GRACE);
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** With the public door: opened last, closed first. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}
