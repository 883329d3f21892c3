package io.tributary.steering.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.channel.Channel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.contentsteering.PlayStates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The players' own listener, beside the internal one that Boot starts: so it can be exposed, scaled
 * and closed alone. Every answer, a refusal too, may be read by any page and is kept by no cache.
 */
public final class PlayFace implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PlayFace.class);

  /** As long as Boot waits for the internal listener's last requests. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  /** Longer than most players wait until they ask again. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** A play's state, a media token and a player's CMCD. */
  private static final int MAX_LINE_BYTES = 8 * 1024;

  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Some 20 KiB each; players come by way of an ingress, which keeps fewer. */
  private static final int MAX_CONNECTIONS = 5_000;

  private final FaceConfig config;
  private final HttpHandler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable DisposableServer server;

  /** Listens to nobody before {@link #start}. */
  public PlayFace(
      FaceConfig config,
      SteeringBrain brain,
      PlayStates states,
      MeterRegistry metrics,
      ObservationRegistry observations,
      JsonMapper json,
      InstantSource clock) {
    this.config = config;
    this.handler =
        WebHttpHandlerBuilder.webHandler(
                RouterFunctions.toWebHandler(
                    PlayFaceRoutes.of(brain, states, config, metrics, clock)))
            .filter(PlayFace::open)
            .observationRegistry(observations)
            .exceptionHandler(new ProblemExceptionHandler(json))
            .build();
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
            .httpRequestDecoder(decoder ->
                decoder.maxInitialLineLength(MAX_LINE_BYTES).maxHeaderSize(MAX_HEADER_BYTES))
            // What a stop waits for.
            .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
            .doOnChannelInit((observer, channel, remote) -> bound(channel))
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    server = bound;
    log.info("door=steering address={} port={} state=open", config.address(), bound.port());
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

  /** With the internal listener: opened last, closed first. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }

  private void bound(Channel channel) {
    boolean hasRoom = connections.incrementAndGet() <= MAX_CONNECTIONS;
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (!hasRoom) {
      var _ = channel.close();
    }
  }

  private static Mono<Void> open(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    headers.setAccessControlAllowOrigin("*");
    headers.setAccessControlExposeHeaders(
        List.of(PlayFaceHandler.DECISION_ID, PlayFaceHandler.SNAPSHOT_AGE_MILLIS));
    headers.setCacheControl(CacheControl.noStore());
    return chain.filter(exchange);
  }
}
