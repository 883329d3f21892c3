package io.tributary.gateway.doors;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.tributary.gateway.problem.ProblemWriter;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

/**
 * Bounds what happens before a request is one, where no filter sees it: how many connections there
 * are, how long a request's head takes, and how an unreadable one is answered. One instance a door.
 */
public final class ConnectionGuard implements ChannelPipelineConfigurer {
  private final ConnectionConfig config;
  private final ProblemWriter problems;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  public ConnectionGuard(ConnectionConfig config, ProblemWriter problems) {
    this.config = config;
    this.problems = problems;
  }

  /** Open now. */
  public int open() {
    return open.get();
  }

  /** How many may be open at once. */
  public int max() {
    return config.max();
  }

  /** Closed at once for want of room, since the start. */
  public long refused() {
    return refused.sum();
  }

  @Override
  public void onChannelInit(
      ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
    boolean hasRoom = open.incrementAndGet() <= config.max();
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    if (!hasRoom) {
      refused.increment();
      var _ = channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    HeadDeadline deadline = new HeadDeadline(config.headTimeout());
    pipeline.addBefore(NettyPipeline.HttpCodec, "headDeadline", deadline);
    pipeline.addAfter(
        NettyPipeline.HttpCodec, "unreadableHead", new UnreadableHead(deadline, problems));
  }
}
