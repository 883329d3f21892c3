package io.tributary.gateway.doors;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.tributary.contracts.api.ProblemType;
import io.tributary.gateway.problem.Problem;
import io.tributary.gateway.problem.ProblemWriter;
import org.springframework.http.MediaType;

/**
 * Answers a request whose head cannot be read as a problem, and closes; the server's own answer
 * would have no body. Lives on its connection's event loop, behind the HTTP codec.
 */
final class UnreadableHead extends ChannelDuplexHandler {
  private final HeadDeadline deadline;
  private final ProblemWriter problems;

  private boolean isRefused;

  UnreadableHead(HeadDeadline deadline, ProblemWriter problems) {
    this.deadline = deadline;
    this.problems = problems;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isRefused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      deadline.headEnded();
      // Nothing may be written between the answers of earlier ones.
      if (request.decoderResult().isFailure() && deadline.unanswered() == 1) {
        ReferenceCountUtil.release(message);
        refuse(context, request.decoderResult().cause());
        return;
      }
    }
    if (message instanceof LastHttpContent) {
      deadline.requestEnded();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean isInterim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !isInterim) {
      deadline.answered();
    }
    var _ = context.write(message, promise);
  }

  private void refuse(ChannelHandlerContext context, Throwable cause) {
    isRefused = true;
    String detail =
        switch (cause) {
          case TooLongHttpLineException line ->
              "the request line is too long (expected: at most "
                  + HttpObjectDecoder.DEFAULT_MAX_INITIAL_LINE_LENGTH
                  + " bytes)";
          case TooLongHttpHeaderException headers ->
              "the headers are too long (expected: at most "
                  + AdminDoor.MAX_HEADER_BYTES
                  + " bytes)";
          default -> "the request's head cannot be read (expected: HTTP/1.1)";
        };
    byte[] body = problems.body(Problem.of(ProblemType.MALFORMED, detail));
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(ProblemType.MALFORMED.status()),
            Unpooled.wrappedBuffer(body));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    var _ = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }
}
