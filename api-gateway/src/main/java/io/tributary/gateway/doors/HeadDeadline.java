package io.tributary.gateway.doors;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request's head takes too long. The idle timeout alone would let a
 * client send one byte a minute for ever.
 *
 * <p>Lives on its connection's event loop, before the HTTP codec, which {@link UnreadableHead}
 * watches from behind.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
  private final Duration timeout;
  private boolean awaitsHead = true;
  private int unanswered;
  private @Nullable Future<?> deadline;

  HeadDeadline(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (awaitsHead && deadline == null) {
      deadline =
          context.executor().schedule(() -> end(context), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel();
    context.fireChannelInactive();
  }

  /** The head is there; what follows has timeouts of its own. */
  void headEnded() {
    awaitsHead = false;
    unanswered++;
    cancel();
  }

  /** The next bytes begin another request. */
  void requestEnded() {
    awaitsHead = true;
  }

  /** An answer was written to its end. */
  void answered() {
    unanswered--;
  }

  /** Requests that are still to be answered. */
  int unanswered() {
    return unanswered;
  }

  /** Bytes that came early, while an answer is on its way, must not cut it. */
  private void end(ChannelHandlerContext context) {
    deadline = null;
    if (unanswered == 0) {
      var _ = context.close();
    }
  }

  private void cancel() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
