package io.tributary.oca.serve;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.StoreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media door: an HTTP/1.1 server over the store, on epoll where the machine has it.
 *
 * <p>Started and stopped once, by one thread; the rest is safe for use by many.
 */
public final class MediaServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MediaServer.class);

  private static final int MAX_LINE_CHARS = 8_192;
  private static final int MAX_HEADER_CHARS = 16_384;
  private static final int ACCEPT_BACKLOG = 1_024;

  private final ServeConfig config;
  private final OpenFiles files;
  private final TokenChecks checks;
  private final MediaDoor door;
  private final ServeCounters counters;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel listener;

  /**
   * A server, not yet started.
   *
   * @param nodeId told to clients in {@code Cache-Status}
   * @param verifyAfter a file whose bytes nobody has read for so long is read before it is sent
   */
  public MediaServer(
      ServeConfig config,
      StoreConfig storeConfig,
      String nodeId,
      PackageStore store,
      MediaRights rights,
      ServeCounters counters,
      Duration verifyAfter,
      InstantSource clock) {
    this.config = config;
    this.counters = counters;
    this.files = new OpenFiles(store, storeConfig, verifyAfter, clock);
    this.checks = new TokenChecks(rights);
    this.door =
        new MediaDoor(
            config,
            new Answers(store, files, rights, checks),
            new Responses(nodeId, clock),
            files,
            counters);
  }

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be had
   */
  public void start() throws IOException {
    boolean isEpoll = Epoll.isAvailable();
    var threads = Thread.ofPlatform().daemon().name("oca-serve-", 1).factory();
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads(),
            threads,
            isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends ServerChannel> type =
        isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    loops = group;
    var binding =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections())
            .bind(config.address(), config.port())
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
      throw new IOException(
          "oca.serve.address and port are "
              + config.address()
              + ":"
              + config.port()
              + " (expected: free)",
          binding.cause());
    }
    listener = binding.channel();
    log.info("serve=open address={} port={} epoll={}", config.address(), port(), isEpoll);
  }

  /** The port listened on, -1 when not started. */
  public int port() {
    Channel listening = listener;
    return listening != null && listening.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : -1;
  }

  /** For how long a reading of a file's bytes is good: a scrub pass. */
  public void verifyAfter(Duration duration) {
    files.verifyAfter(duration);
  }

  /** Files open for serving now, roughly. */
  public long openFiles() {
    return files.count();
  }

  /** Takes no new connection, lets running answers end for a while, then closes all. */
  @Override
  public void close() {
    Channel listening = listener;
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    for (Channel connection : connections) {
      connection.pipeline().fireUserEventTriggered(MediaHandler.Stopping.STOPPING);
    }
    if (!connections.newCloseFuture().awaitUninterruptibly(config.stopTimeout().toMillis())) {
      log.info("serve=closing cut={}", connections.size());
      connections.close().awaitUninterruptibly(1_000);
    }
    checks.close();
    files.close();
    EventLoopGroup group = loops;
    if (group != null) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
  }

  /** Sets up a connection, or refuses it when there are as many as there may be. */
  private final class Connections extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      boolean hasRoom = counters.opened(config.maxConnections());
      channel.closeFuture().addListener(closed -> counters.closed());
      if (!hasRoom) {
        var _ = channel.close();
        return;
      }
      connections.add(channel);
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(MAX_LINE_CHARS)
                      .setMaxHeaderSize(MAX_HEADER_CHARS)))
          .addLast(new MediaHandler(door));
    }
  }
}
