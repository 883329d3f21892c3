package io.tributary.fleet.fault;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Listens for the clients of every process and passes their bytes on, with whatever fault is said
 * for the process. Safe for use by many threads.
 */
public final class FaultProxyServer implements AutoCloseable {

  private static final int THREADS = 2;

  /** Half of what one connection may hold when its reader is slow. */
  private static final WriteBufferWaterMark WRITE_MARKS =
      new WriteBufferWaterMark(128 * 1024, 256 * 1024);

  private static final AdaptiveRecvByteBufAllocator READ_SIZES =
      new AdaptiveRecvByteBufAllocator(1024, 16 * 1024, 128 * 1024);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
  private final Map<ProxyTarget, Channel> listeners = new LinkedHashMap<>();
  private final Map<String, FaultLink> links = new TreeMap<>();

  /**
   * Listens for exactly these targets from now on. Connections of a target that is no longer named
   * live on.
   *
   * @throws IOException if a port is taken; the targets before it are served
   */
  public synchronized void serve(List<ProxyTarget> targets) throws IOException {
    for (ProxyTarget old : List.copyOf(listeners.keySet())) {
      if (!targets.contains(old)) {
        Channel listener = listeners.remove(old);
        if (listener != null) {
          listener.close().syncUninterruptibly();
        }
      }
    }
    for (ProxyTarget target : targets) {
      if (!listeners.containsKey(target)) {
        listeners.put(target, listen(target));
      }
    }
  }

  /** The port that a target's listener got. */
  synchronized int port(ProxyTarget target) {
    Channel listener = listeners.get(target);
    if (listener == null) {
      throw new IllegalArgumentException("target is " + target + " (expected: one that is served)");
    }
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Says what goes wrong for a process from now on.
   *
   * @return whether there is such a process
   */
  public synchronized boolean fault(String name, Fault fault) {
    if (listeners.keySet().stream().noneMatch(target -> target.name().equals(name))) {
      return false;
    }
    link(name).change(fault);
    return true;
  }

  /** What goes wrong, by process; those with nothing wrong are not listed. */
  public synchronized Map<String, Fault> faults() {
    Map<String, Fault> faults = new TreeMap<>();
    links.forEach((name, link) -> {
      if (!link.fault().equals(Fault.NONE)) {
        faults.put(name, link.fault());
      }
    });
    return faults;
  }

  /** Connections open now, by process. */
  public synchronized Map<String, Integer> connections() {
    Map<String, Integer> connections = new TreeMap<>();
    links.forEach((name, link) -> connections.put(name, link.size()));
    return connections;
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private FaultLink link(String name) {
    return links.computeIfAbsent(name, _ -> new FaultLink());
  }

  private Channel listen(ProxyTarget target) throws IOException {
    FaultLink link = link(target.name());
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, ByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, READ_SIZES)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS)
            .childHandler(new Accept(link, target.upstreamPort()))
            .bind(target.bindAddress(), target.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "port " + target.port() + " for " + target.name() + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    return bound.channel();
  }

  private static final class Accept extends ChannelInitializer<SocketChannel> {
    private final FaultLink link;
    private final int upstreamPort;

    Accept(FaultLink link, int upstreamPort) {
      this.link = link;
      this.upstreamPort = upstreamPort;
    }

    @Override
    protected void initChannel(SocketChannel client) {
      ProxiedConnection connection = new ProxiedConnection(client, link, upstreamPort);
      client
          .pipeline()
          .addLast(new Begin(connection), new PipeHandler(connection.up(), connection.down()));
    }
  }

  private static final class Begin extends ChannelInboundHandlerAdapter {
    private final ProxiedConnection connection;

    Begin(ProxiedConnection connection) {
      this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      connection.begin();
      context.pipeline().remove(this);
    }
  }
}
