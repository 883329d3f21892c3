package io.tributary.gateway.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tributary.gateway.problem.ProblemWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

class ConnectionGuardTest {
  private final ConnectionGuard guard =
      new ConnectionGuard(
          new ConnectionConfig(1, Duration.ofSeconds(1)),
          new ProblemWriter(JsonMapper.builder().build()));

  @Test
  void oneMoreThanTheBoundIsClosedAndCounted() {
    EmbeddedChannel first = opened();
    EmbeddedChannel second = opened();

    assertTrue(first.isOpen());
    assertFalse(second.isOpen());
    assertEquals(1, guard.open());
    assertEquals(1, guard.refused());

    var _ = first.close();
    assertEquals(0, guard.open());
    assertTrue(opened().isOpen());
    assertEquals(1, guard.refused());
  }

  private EmbeddedChannel opened() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
    guard.onChannelInit(ConnectionObserver.emptyListener(), channel, null);
    channel.runPendingTasks();
    return channel;
  }
}
