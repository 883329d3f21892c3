package io.tributary.oca.serve;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Gives up a connection that sends no request, or takes no answer, for too long.
 *
 * <p>Lives on its connection's event loop.
 */
final class StallWatch {
  private final long requestTimeoutNanos;
  private final long stallTimeoutNanos;
  private final BooleanSupplier isAnswering;
  private long since = System.nanoTime();
  private long progress;

  /**
   * A watch, not yet begun.
   *
   * @param isAnswering whether the connection owes its client an answer, or waits for a request
   */
  StallWatch(ServeConfig config, BooleanSupplier isAnswering) {
    this.requestTimeoutNanos = config.requestTimeout().toNanos();
    this.stallTimeoutNanos = config.stallTimeout().toNanos();
    this.isAnswering = isAnswering;
  }

  /** The next wait begins: for a request, or for the client to take its answer. */
  void restart() {
    since = System.nanoTime();
  }

  /** Looks from time to time until the connection has closed. */
  // A close that fails has closed the channel all the same.
  @SuppressWarnings("FutureReturnValueIgnored")
  void begin(ChannelHandlerContext ctx) {
    ctx.executor()
        .schedule(
            () -> {
              if (!ctx.channel().isActive()) {
                return;
              }
              if (isStuck(ctx)) {
                ctx.close();
              } else {
                begin(ctx);
              }
            },
            Math.min(requestTimeoutNanos, stallTimeoutNanos) / 4,
            TimeUnit.NANOSECONDS);
  }

  private boolean isStuck(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    if (!isAnswering.getAsBoolean()) {
      return now - since > requestTimeoutNanos;
    }
    ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
    long progressNow = out == null ? 0 : out.currentProgress();
    if (progressNow != progress) {
      progress = progressNow;
      since = now;
      return false;
    }
    return now - since > stallTimeoutNanos;
  }
}
