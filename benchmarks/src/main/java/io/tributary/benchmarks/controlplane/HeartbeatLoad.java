package io.tributary.benchmarks.controlplane;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.NodeEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A fleet's heartbeats, open-loop: each node's come when they are due by what it was told, and time
 * counts from then whatever became of the one before. One thread does all of it; everything here
 * may be called from any other.
 */
final class HeartbeatLoad implements AutoCloseable {
  private static final long SEED = 5;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Random random = new Random(SEED);
  private final HealthAnswers health;
  private final int[] ports;
  private final List<LoadNode> nodes;
  private Tally tally = new Tally();
  private boolean isPaused;
  private volatile boolean isCompressing = true;
  private volatile boolean isRepeating;

  /**
   * Nodes that are not connected yet.
   *
   * @param ports of the node doors, which they are spread over
   */
  HeartbeatLoad(List<JoinedNode> joined, int... ports) throws InterruptedException {
    this.ports = ports.clone();
    this.health = new HealthAnswers(loop);
    this.nodes =
        IntStream.range(0, joined.size())
            .mapToObj(number ->
                new LoadNode(
                    this,
                    joined.get(number),
                    new NodeEndpoint("http", HealthAnswers.host(number), health.port()),
                    number))
            .toList();
  }

  /** Begins with all of them, their first heartbeats spread over so long. */
  void begin(Duration spread) throws InterruptedException {
    onLoop(() -> {
      long now = System.nanoTime();
      isPaused = false;
      for (LoadNode node : nodes) {
        node.dueAt(now + (long) (random.nextDouble() * spread.toNanos()));
      }
      return true;
    });
  }

  /** Every node loses its connection now, and comes back at once. */
  void herd() throws InterruptedException {
    onLoop(() -> {
      long now = System.nanoTime();
      for (LoadNode node : nodes) {
        node.disconnect();
        node.dueAt(now);
      }
      return true;
    });
  }

  /** No new heartbeats; waits until those that are under way were answered. */
  void pause(Duration patience) throws IOException, InterruptedException {
    onLoop(() -> {
      isPaused = true;
      return true;
    });
    long end = System.nanoTime() + patience.toNanos();
    while (onLoop(() -> nodes.stream().anyMatch(LoadNode::isBusy))) {
      if (System.nanoTime() > end) {
        throw new IOException("not every heartbeat was answered within " + patience);
      }
      Thread.sleep(LOOK);
    }
  }

  /**
   * Waits until every node was answered since then.
   *
   * @param since on {@link System#nanoTime}
   * @return seconds from then; as many as the patience if it never was so
   */
  double secondsUntilAllAreAnswered(long since, Duration patience) throws InterruptedException {
    while (!onLoop(() -> nodes.stream().allMatch(node -> node.isAnsweredSince(since)))) {
      if (System.nanoTime() - since > patience.toNanos()) {
        return patience.toSeconds();
      }
      Thread.sleep(LOOK);
    }
    return (System.nanoTime() - since) / 1e9;
  }

  /** What happened since the last time this was asked. */
  Tally take() throws InterruptedException {
    return onLoop(() -> {
      Tally taken = tally;
      tally = new Tally();
      return taken;
    });
  }

  /** What each node sent last. */
  Map<String, Heartbeat> lastSent() throws InterruptedException {
    return onLoop(() -> {
      Map<String, Heartbeat> sent = new HashMap<>();
      for (LoadNode node : nodes) {
        Heartbeat last = node.lastSent();
        if (last != null) {
          sent.put(node.id(), last);
        }
      }
      return sent;
    });
  }

  /** Whether bodies are sent as gzip from now on. */
  void compress(boolean compress) {
    isCompressing = compress;
  }

  /** Some heartbeats are sent twice, and some after a newer one, from now on. */
  void repeat() {
    isRepeating = true;
  }

  boolean isCompressing() {
    return isCompressing;
  }

  boolean isRepeating() {
    return isRepeating;
  }

  boolean isPaused() {
    return isPaused;
  }

  Tally tally() {
    return tally;
  }

  Random random() {
    return random;
  }

  EventLoop loop() {
    return loop;
  }

  int port(int number) {
    return ports[number % ports.length];
  }

  Bootstrap bootstrap(int connectMillis) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis);
  }

  private <T> T onLoop(Callable<T> task) throws InterruptedException {
    try {
      return loop.submit(task).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
