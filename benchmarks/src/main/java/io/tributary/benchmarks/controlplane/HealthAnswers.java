package io.tributary.benchmarks.controlplane;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.tributary.contracts.media.HealthAnswer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The media doors of all nodes as far as the control plane probes them: one port, at which each
 * node has an address of the loopback's own, so that the address tells who is asked.
 */
final class HealthAnswers {
  private static final int MOST_REQUEST_BYTES = 4 * 1024;
  private static final int A_BLOCK = 250;

  private final int port;

  HealthAnswers(EventLoop loop) throws InterruptedException {
    Channel listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MOST_REQUEST_BYTES),
                            new Answer());
                  }
                })
            .bind("0.0.0.0", 0)
            .sync()
            .channel();
    this.port = ((InetSocketAddress) listening.localAddress()).getPort();
  }

  int port() {
    return port;
  }

  /** The address of a node by its number, below 62,500. */
  static String host(int number) {
    return "127.1." + number / A_BLOCK + "." + (number % A_BLOCK + 1);
  }

  private static int number(byte[] address) {
    return (address[2] & 0xFF) * A_BLOCK + (address[3] & 0xFF) - 1;
  }

  private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      byte[] address =
          ((InetSocketAddress) context.channel().localAddress()).getAddress().getAddress();
      FullHttpResponse answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer(HealthAnswer.BODY, StandardCharsets.US_ASCII));
      answer
          .headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
          .set(HealthAnswer.NODE_HEADER, BenchedFleet.nodeId(number(address)));
      var _ = context.writeAndFlush(answer);
    }
  }
}
