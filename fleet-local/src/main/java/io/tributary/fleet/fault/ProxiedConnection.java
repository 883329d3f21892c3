package io.tributary.fleet.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One client's connection and its twin to the process. Both live on one event loop, which alone
 * touches this object; {@link #faultChanged} may be called from anywhere.
 *
 * <p>What one side does the other side sees: an end of input is passed on after the bytes before
 * it, a reset at once, a refused connection as a reset. Each side is read only as fast as the other
 * takes it.
 */
final class ProxiedConnection {

  private final Channel client;
  private final FaultLink link;
  private final int upstreamPort;
  private final EventLoop loop;
  private final Pipe up;
  private final Pipe down;
  private boolean connecting;
  private boolean closed;

  ProxiedConnection(Channel client, FaultLink link, int upstreamPort) {
    this.client = client;
    this.link = link;
    this.upstreamPort = upstreamPort;
    this.loop = client.eventLoop();
    this.up = new Pipe(this, client, link, FaultLink.Way.UP);
    this.down = new Pipe(this, null, link, FaultLink.Way.DOWN);
    this.down.sendTo(client);
  }

  Pipe up() {
    return up;
  }

  Pipe down() {
    return down;
  }

  /** The client is there; nothing was read of it yet. */
  void begin() {
    link.add(this);
    client.closeFuture().addListener(_ -> sideClosed());
    obeyFault();
  }

  /** The fault of the link is another one now. */
  void faultChanged() {
    loop.execute(this::obeyFault);
  }

  private void obeyFault() {
    if (closed) {
      return;
    }
    Fault fault = link.fault();
    if (fault.reset()) {
      reset();
      return;
    }
    if (!fault.blackhole() && !connecting) {
      connect();
    }
    up.pumpAndRead();
    down.pumpAndRead();
  }

  private void connect() {
    connecting = true;
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(client.getClass())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000)
            .handler(new PipeHandler(down, up))
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstreamPort));
    connected.addListener(
        (ChannelFutureListener)
            future -> {
              if (!future.isSuccess() || closed) {
                resetOne(future.channel());
                reset();
                return;
              }
              Channel upstream = future.channel();
              upstream.closeFuture().addListener(_ -> sideClosed());
              down.readFrom(upstream);
              up.sendTo(upstream);
              obeyFault();
            });
  }

  /** Ends both sides at once, as the network's way of saying that something went wrong. */
  void reset() {
    closed = true;
    resetOne(client);
    Channel upstream = down.source();
    if (upstream != null) {
      resetOne(upstream);
    }
    finish();
  }

  /** Both ends of input have been passed on. */
  void pipeDone() {
    if (up.isDone() && down.isDone()) {
      closed = true;
      close(client);
      Channel upstream = down.source();
      if (upstream != null) {
        close(upstream);
      }
      finish();
    }
  }

  private void sideClosed() {
    if (!closed) {
      reset();
    }
  }

  private void finish() {
    link.remove(this);
    up.drop();
    down.drop();
  }

  private static void resetOne(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      close(channel);
    }
  }

  /** Whether it closes well is of no consequence: it is closed after it. */
  private static void close(Channel channel) {
    var _ = channel.close();
  }
}
