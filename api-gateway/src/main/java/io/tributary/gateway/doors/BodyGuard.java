package io.tributary.gateway.doors;

import io.tributary.contracts.api.ProblemType;
import io.tributary.gateway.problem.Problem;
import io.tributary.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bounds what clients send: small bodies are read whole, parts of files are counted in passing. */
final class BodyGuard {
  private static final byte[] NOTHING = {};

  /**
   * A body that is too large is still swallowed up to here before the refusal: many clients read no
   * answer before they have sent all, and would see a reset instead.
   */
  private static final long MAX_SWALLOWED_BYTES = 4L * 1024 * 1024;

  private static final Duration MAX_SWALLOWING = Duration.ofSeconds(2);

  private final BodyConfig config;

  BodyGuard(BodyConfig config) {
    this.config = config;
  }

  /** Reads the body whole; the request that goes on can be sent any number of times. */
  Mono<ServerWebExchange> held(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    HttpHeaders headers = request.getHeaders();
    if (headers.getContentLength() <= 0 && !headers.containsHeader("Transfer-Encoding")) {
      return Mono.just(exchange);
    }
    if (headers.getContentLength() > config.jsonBytes()) {
      return swallow(request.getBody()).then(Mono.error(tooLarge(config.jsonBytes())));
    }
    AtomicLong received = new AtomicLong();
    Flux<DataBuffer> body =
        request.getBody().doOnNext(piece -> received.addAndGet(piece.readableByteCount()));
    return DataBufferUtils.join(body, config.jsonBytes())
        .map(BodyGuard::taken)
        .defaultIfEmpty(NOTHING)
        .timeout(config.arrivalTimeout())
        .onErrorMap(error ->
            switch (error) {
              case DataBufferLimitException over -> tooLarge(config.jsonBytes());
              case TimeoutException late ->
                  new ProblemException(
                      Problem.of(
                              ProblemType.MALFORMED,
                              "the body has "
                                  + received.get()
                                  + " bytes so far (expected: all within "
                                  + config.arrivalTimeout().toMillis()
                                  + " ms)")
                          .with("Connection", "close"));
              default -> error;
            })
        .map(bytes -> exchange.mutate().request(new HeldBody(request, bytes)).build());
  }

  /** Lets the body stream through, and breaks it off at the limit. */
  Mono<ServerWebExchange> counted(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    if (request.getHeaders().getContentLength() > config.partBytes()) {
      return swallow(request.getBody()).then(Mono.error(tooLarge(config.partBytes())));
    }
    return Mono.just(
        exchange.mutate().request(new CountedBody(request, config.partBytes())).build());
  }

  private static Mono<Void> swallow(Flux<DataBuffer> body) {
    AtomicLong swallowed = new AtomicLong();
    return body.map(
            piece -> {
              long sum = swallowed.addAndGet(piece.readableByteCount());
              DataBufferUtils.release(piece);
              return sum;
            })
        .takeUntil(sum -> sum > MAX_SWALLOWED_BYTES)
        .then()
        .timeout(MAX_SWALLOWING, Mono.empty());
  }

  private static ProblemException tooLarge(long limit) {
    return new ProblemException(
        Problem.of(
                ProblemType.BODY_TOO_LARGE,
                "the body is too large (expected: at most " + limit + " bytes)")
            .with("Connection", "close"));
  }

  private static byte[] taken(DataBuffer joined) {
    byte[] bytes = new byte[joined.readableByteCount()];
    joined.read(bytes);
    DataBufferUtils.release(joined);
    return bytes;
  }

  /** A request whose body can be read again and again. */
  private static final class HeldBody extends ServerHttpRequestDecorator {
    private final byte[] body;
    private final DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;
    private final HttpHeaders headers;

    HeldBody(ServerHttpRequest request, byte[] body) {
      super(request);
      this.body = body;
      this.headers = new HttpHeaders();
      this.headers.putAll(request.getHeaders());
      this.headers.remove("Transfer-Encoding");
      this.headers.setContentLength(body.length);
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(body)));
    }
  }

  /** A request whose body ends with an error when it grows too large. */
  private static final class CountedBody extends ServerHttpRequestDecorator {
    private final long limit;

    CountedBody(ServerHttpRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      AtomicLong passed = new AtomicLong();
      return super.getBody()
          .onErrorMap(BodyGuard::clientGone)
          .handle((piece, sink) -> {
            if (passed.addAndGet(piece.readableByteCount()) > limit) {
              DataBufferUtils.release(piece);
              sink.error(tooLarge(limit));
            } else {
              sink.next(piece);
            }
          });
    }
  }

  /** So that nobody takes a client that hangs up for a replica that breaks off. */
  private static ProblemException clientGone(Throwable error) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED, "the body broke off: " + error.getMessage()));
  }
}
