package io.tributary.gateway.routes;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Lets a client see an answer's first byte when its last one is here, so that a replica that dies
 * in mid-answer can still be left for another one.
 */
final class HeldAnswer {
  /**
   * Room for the manifest of a film. What is longer is passed on from here as it comes, or clients
   * would decide how much memory the gateway needs.
   */
  static final int HELD_BYTES = 256 * 1024;

  private HeldAnswer() {}

  /**
   * Passes on the answer that has begun. Fails before the client has seen anything of it, or cuts
   * one that is longer than {@link #HELD_BYTES}.
   *
   * @param patience the time in which its end, or so many bytes, must be here
   */
  static Mono<Void> pass(ServerWebExchange exchange, Duration patience) {
    if (!(exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection begun)) {
      return Mono.empty();
    }
    ServerHttpResponse response = exchange.getResponse();
    if (!(response.bufferFactory() instanceof NettyDataBufferFactory factory)) {
      return Mono.empty(); // the gateway's own last filter passes it on
    }
    Held held = new Held();
    Flux<DataBuffer> body =
        begun
            .inbound()
            .receive()
            .retain()
            .doOnDiscard(ByteBuf.class, ReferenceCountUtil::release)
            .bufferUntil(held::isTooMuchWith)
            .timeout(Mono.delay(patience))
            .map(parts -> joined(factory, parts));
    return response
        .writeWith(body)
        .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
        .doOnSuccess(_ -> exchange.getAttributes().remove(CLIENT_RESPONSE_CONN_ATTR));
  }

  private static DataBuffer joined(NettyDataBufferFactory factory, List<ByteBuf> parts) {
    return factory.wrap(Unpooled.wrappedBuffer(parts.toArray(ByteBuf[]::new)));
  }

  /** Counts one answer's bytes. */
  private static final class Held {
    private int bytes;

    boolean isTooMuchWith(ByteBuf part) {
      bytes = (int) Math.min(HELD_BYTES, (long) bytes + part.readableBytes());
      return bytes == HELD_BYTES;
    }
  }
}
