package io.tributary.oca.serve;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.StoredFile;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection in their order, one at a time: the next is looked at when
 * the last answer has left. So a client that pipelines, or takes its answers slowly, holds one open
 * file and nothing else.
 *
 * <p>Lives on its connection's event loop. What the answer is, {@link Answers} finds; how it looks,
 * {@link Responses} knows.
 */
// A write or close that fails closes the channel, which ends everything here anyway.
@SuppressWarnings("FutureReturnValueIgnored")
final class MediaHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(MediaHandler.class);

  /** Requests that one read may bring and that wait; more is no player. */
  private static final int MAX_WAITING = 256;

  /** Sent to the connections of a server that stops. */
  enum Stopping {
    STOPPING
  }

  private final MediaDoor door;
  private final StallWatch watch;
  private final Deque<HttpRequest> waiting = new ArrayDeque<>();
  private boolean isAnswering;
  private boolean isClosing;

  MediaHandler(MediaDoor door) {
    this.door = door;
    this.watch = new StallWatch(door.config(), () -> isAnswering);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    watch.restart();
    watch.begin(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (isClosing) {
        return;
      }
      if (message instanceof HttpRequest request) {
        if (waiting.size() >= MAX_WAITING) {
          isClosing = true;
          ctx.close();
          return;
        }
        waiting.add(request);
        ctx.channel().config().setAutoRead(false);
        answerNext(ctx);
      } else if (message instanceof HttpContent content
          && content.content().isReadable()
          && !isClosing) {
        // Its request is refused for its length already; what follows cannot be told apart.
        isClosing = true;
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Stopping) {
      if (isAnswering) {
        isClosing = true;
      } else {
        ctx.close();
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Clients go away all the time; a reset is no news.
    log.debug("connection={} closed reason=\"{}\"", ctx.channel().id(), cause.toString());
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    waiting.clear();
    ctx.fireChannelInactive();
  }

  private void answerNext(ChannelHandlerContext ctx) {
    if (isAnswering) {
      return;
    }
    HttpRequest request = waiting.poll();
    watch.restart();
    if (request == null) {
      ctx.channel().config().setAutoRead(true);
      return;
    }
    isAnswering = true;
    MediaRequest asked = MediaRequest.of(request);
    boolean isKeptAlive =
        HttpUtil.isKeepAlive(request) && !(asked instanceof MediaRequest.Unreadable);
    door.answers()
        .find(asked, request, ctx.executor(), answer -> send(ctx, request, isKeptAlive, answer));
  }

  private void send(
      ChannelHandlerContext ctx, HttpRequest request, boolean isKeptAlive, Answer answer) {
    HttpResponse response = door.responses().of(answer, request, !isKeptAlive || isClosing);
    Sending sending = sending(answer);
    ChannelFuture written;
    if (response instanceof DefaultFullHttpResponse) {
      written = ctx.writeAndFlush(response);
    } else {
      ctx.write(response, ctx.voidPromise());
      if (sending != null) {
        // Its own future tells whether the bytes left; the last content has none.
        written = ctx.write(sending.region());
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, ctx.voidPromise());
      } else {
        written = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      }
    }
    written.addListener(done -> {
      account(answer.outcome(), sending, done.isSuccess(), done.cause());
      ended(ctx, done.isSuccess() && isKeptAlive);
    });
  }

  private record Sending(StoredFile file, OpenFile.Region region) {}

  private static @Nullable Sending sending(Answer answer) {
    if (!(answer instanceof Answer.Media(StoredFile file, FileAnswer.Bytes bytes, OpenFile open))) {
      return null;
    }
    OpenFile.Region region = open.region(bytes.first(), bytes.length());
    if (bytes.length() == 0) {
      region.release();
      return null;
    }
    return new Sending(file, region);
  }

  private void account(
      Outcome outcome, @Nullable Sending sending, boolean isWhole, @Nullable Throwable cause) {
    door.counters().ended(isWhole ? outcome : Outcome.ABORTED);
    if (sending == null) {
      return;
    }
    door.counters().sent(sending.region().transferred());
    if (!isWhole) {
      log.debug("file={} unsent reason=\"{}\"", sending.file(), String.valueOf(cause));
      door.files().suspect(sending.file());
    }
  }

  private void ended(ChannelHandlerContext ctx, boolean goesOn) {
    isAnswering = false;
    if (!goesOn || isClosing) {
      isClosing = true;
      ctx.close();
      return;
    }
    // Not from within: thousands of pipelined requests would grow the stack.
    ctx.executor().execute(() -> answerNext(ctx));
  }
}
