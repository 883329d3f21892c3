package io.tributary.fleet.fault;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Feeds what one channel says into its pipe, and its readiness for more into the other. */
final class PipeHandler extends ChannelInboundHandlerAdapter {

  private final Pipe fromHere;
  private final Pipe toHere;

  PipeHandler(Pipe fromHere, Pipe toHere) {
    this.fromHere = fromHere;
    this.toHere = toHere;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    fromHere.received((ByteBuf) message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    toHere.pumpAndRead();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      fromHere.endOfInput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset of this side; its close tells the connection, which resets the other.
    var _ = context.close();
  }
}
