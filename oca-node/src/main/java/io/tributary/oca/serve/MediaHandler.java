package io.tributary.oca.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.tributary.contracts.api.ProblemType;
import io.tributary.oca.serve.OpenFiles.Opening;
import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.Lookup;
import io.tributary.oca.store.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection in their order, one at a time: the next is looked at when
 * the last answer has left. So a client that pipelines, or takes its answers slowly, holds one open
 * file and nothing else.
 *
 * <p>Lives on its connection's event loop; only files are opened elsewhere.
 */
// A write or close that fails closes the channel, which ends everything here anyway.
@SuppressWarnings("FutureReturnValueIgnored")
final class MediaHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(MediaHandler.class);

  /** Requests that one read may bring and that wait; more is no player. */
  private static final int MAX_WAITING = 256;

  private static final HttpHeadersFactory OWN_HEADERS =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);
  private static final HttpResponseStatus CONTENT_RANGE_UNSATISFIABLE =
      HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE;

  /** Sent to the connections of a server that stops. */
  enum Stopping {
    STOPPING
  }

  private final MediaDoor door;
  private final Deque<HttpRequest> waiting = new ArrayDeque<>();
  private boolean isAnswering;
  private boolean isClosing;
  private long since = System.nanoTime();
  private long progress;

  MediaHandler(MediaDoor door) {
    this.door = door;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    since = System.nanoTime();
    watch(ctx);
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
    if (request == null) {
      since = System.nanoTime();
      ctx.channel().config().setAutoRead(true);
      return;
    }
    isAnswering = true;
    since = System.nanoTime();
    answer(ctx, new Exchange(ctx, request));
  }

  private void answer(ChannelHandlerContext ctx, Exchange exchange) {
    HttpRequest request = exchange.request;
    Optional<Refusal> bad = badRequest(request);
    if (bad.isPresent()) {
      exchange.isKeptAlive = false;
      refuse(exchange, bad.get(), Outcome.BAD_REQUEST);
      return;
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      preflight(exchange);
      return;
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      refuse(
          exchange,
          Refusal.of(
              ProblemType.METHOD_NOT_ALLOWED, "method is another (expected: GET, HEAD or OPTIONS)"),
          Outcome.BAD_REQUEST);
      return;
    }
    switch (MediaPath.parse(request.uri())) {
      case MediaPath.Target.Malformed _ ->
          refuse(
              exchange,
              Refusal.of(
                  ProblemType.MALFORMED,
                  "path is malformed (expected: letters, digits, dots, hyphens and single slashes)"),
              Outcome.BAD_REQUEST);
      case MediaPath.Target.Incomplete _ ->
          refuse(
              exchange,
              Refusal.of(
                  ProblemType.UNAUTHENTICATED,
                  "media token is missing (expected: /t/TOKEN/TITLE/VERSION/RENDITION/FILE)"),
              Outcome.UNAUTHENTICATED);
      case MediaPath.Target.Other(String path) -> other(exchange, path);
      case MediaPath.Target.Media(MediaPath path) -> media(ctx, exchange, path);
    }
  }

  private void other(Exchange exchange, String path) {
    if (path.equals("/healthz")) {
      if (door.rights().isServing()) {
        text(exchange, "ok\n");
      } else {
        refuse(
            exchange,
            Refusal.of(ProblemType.UNAVAILABLE, "node is not in service (expected: in service)"),
            Outcome.OTHER);
      }
      return;
    }
    refuse(
        exchange,
        Refusal.of(ProblemType.NOT_FOUND, "path is unknown (expected: /t/… or /healthz)"),
        Outcome.NOT_FOUND);
  }

  private void media(ChannelHandlerContext ctx, Exchange exchange, MediaPath path) {
    Optional<Refusal> refusal = door.rights().refuse(path);
    if (refusal.isPresent()) {
      refuse(exchange, refusal.get(), outcomeOf(refusal.get().type()));
      return;
    }
    switch (door.store().find(path.packagePath(), path.filePath())) {
      case Lookup.Unknown _ ->
          refuse(
              exchange,
              Refusal.of(
                  ProblemType.NOT_FOUND,
                  "package or file is not held here (expected: one that is)"),
              Outcome.NOT_FOUND);
      case Lookup.Dropped _ -> refuseDropped(exchange);
      case Lookup.Found(StoredFile file) -> found(ctx, exchange, file);
    }
  }

  private void found(ChannelHandlerContext ctx, Exchange exchange, StoredFile file) {
    HttpHeaders asked = exchange.request.headers();
    String etag = etag(file);
    switch (Preconditions.decide(conditions(asked), etag, file.lastModified())) {
      case FAILED -> {
        refuse(
            exchange,
            Refusal.of(
                ProblemType.INVALID, 412, "condition is not met (expected: this file's tag)"),
            Outcome.BAD_REQUEST);
        return;
      }
      case NOT_MODIFIED -> {
        HttpResponse response = fileResponse(exchange, HttpResponseStatus.NOT_MODIFIED, file, etag);
        finish(exchange, response, null, Outcome.NOT_MODIFIED);
        return;
      }
      case PROCEED -> {}
    }
    if (exchange.isHead()) {
      // RFC 9110, section 14.2: a range is for GET alone.
      HttpResponse response = fileResponse(exchange, HttpResponseStatus.OK, file, etag);
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, file.bytes());
      finish(exchange, response, null, Outcome.SERVED);
      return;
    }
    boolean rangeApplies =
        Preconditions.rangeApplies(asked.get(HttpHeaderNames.IF_RANGE), etag, file.lastModified());
    ByteRange range =
        rangeApplies ? ByteRange.of(singleRange(asked), file.bytes()) : new ByteRange.Whole();
    if (range instanceof ByteRange.Unsatisfiable) {
      refuseRange(exchange, file);
      return;
    }
    OpenFile open = door.files().ifOpen(file);
    if (open != null) {
      send(exchange, file, etag, range, open);
      return;
    }
    door.files().open(file, opening -> onEventLoop(ctx, opening, exchange, file, etag, range));
  }

  /** Comes from another thread. */
  private void onEventLoop(
      ChannelHandlerContext ctx,
      Opening opening,
      Exchange exchange,
      StoredFile file,
      String etag,
      ByteRange range) {
    try {
      ctx.executor().execute(() -> opened(opening, exchange, file, etag, range));
    } catch (RejectedExecutionException e) {
      if (opening instanceof Opening.Opened(OpenFile open)) {
        open.letGo();
      }
    }
  }

  private void opened(
      Opening opening, Exchange exchange, StoredFile file, String etag, ByteRange range) {
    switch (opening) {
      case Opening.Opened(OpenFile open) -> send(exchange, file, etag, range, open);
      case Opening.Wrong _ -> refuseDropped(exchange);
      case Opening.Unreadable _ ->
          refuse(
              exchange,
              Refusal.of(ProblemType.UNAVAILABLE, "file cannot be read now (expected: it can)"),
              Outcome.UNAVAILABLE);
      case Opening.Overloaded _ ->
          refuse(
              exchange,
              Refusal.of(
                  ProblemType.OVERLOADED, "too many files wait to be opened (expected: fewer)"),
              Outcome.UNAVAILABLE);
    }
  }

  private void send(
      Exchange exchange, StoredFile file, String etag, ByteRange range, OpenFile open) {
    long first = 0;
    long length = file.bytes();
    HttpResponseStatus status = HttpResponseStatus.OK;
    if (range instanceof ByteRange.Part part) {
      first = part.first();
      length = part.length();
      status = HttpResponseStatus.PARTIAL_CONTENT;
    }
    HttpResponse response = fileResponse(exchange, status, file, etag);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    if (range instanceof ByteRange.Part part) {
      response
          .headers()
          .set(
              HttpHeaderNames.CONTENT_RANGE,
              "bytes " + part.first() + "-" + part.last() + "/" + file.bytes());
    }
    OpenFile.Region region = open.region(first, length);
    if (length == 0) {
      region.release();
      finish(exchange, response, null, Outcome.SERVED);
      return;
    }
    finish(exchange, response, new Sending(file, region), Outcome.SERVED);
  }

  private record Sending(StoredFile file, OpenFile.Region region) {}

  private HttpResponse fileResponse(
      Exchange exchange, HttpResponseStatus status, StoredFile file, String etag) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, OWN_HEADERS);
    HttpHeaders headers = common(exchange, response);
    headers
        .set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES)
        .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .set("Cache-Status", door.cacheStatus())
        .set(HttpHeaderNames.CONTENT_TYPE, file.contentType())
        .set(HttpHeaderNames.ETAG, etag)
        .set(HttpHeaderNames.LAST_MODIFIED, Preconditions.httpDate(file.lastModified()));
    return response;
  }

  private void refuseDropped(Exchange exchange) {
    refuse(
        exchange,
        Refusal.of(
            ProblemType.UNAVAILABLE, "file is being fetched anew (expected: another node has it)"),
        Outcome.UNAVAILABLE);
  }

  private void refuseRange(Exchange exchange, StoredFile file) {
    Refusal refusal =
        Refusal.of(
            ProblemType.INVALID,
            CONTENT_RANGE_UNSATISFIABLE.code(),
            "range has no byte of the file (expected: within " + file.bytes() + " bytes)");
    HttpResponse response = problem(exchange, refusal);
    response.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.bytes());
    finish(exchange, response, null, Outcome.BAD_REQUEST);
  }

  private void refuse(Exchange exchange, Refusal refusal, Outcome outcome) {
    finish(exchange, problem(exchange, refusal), null, outcome);
  }

  private HttpResponse problem(Exchange exchange, Refusal refusal) {
    HttpResponse response =
        full(
            exchange,
            HttpResponseStatus.valueOf(refusal.status()),
            "application/problem+json",
            refusal.body());
    HttpHeaders headers = response.headers();
    switch (refusal.type()) {
      case METHOD_NOT_ALLOWED -> headers.set(HttpHeaderNames.ALLOW, "GET, HEAD, OPTIONS");
      case UNAUTHENTICATED -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "MediaToken");
      case UNAVAILABLE, OVERLOADED -> headers.set(HttpHeaderNames.RETRY_AFTER, "1");
      default -> {}
    }
    return response;
  }

  private void text(Exchange exchange, String body) {
    finish(
        exchange, full(exchange, HttpResponseStatus.OK, "text/plain", body), null, Outcome.OTHER);
  }

  private HttpResponse full(
      Exchange exchange, HttpResponseStatus status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteBuf content = exchange.isHead() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
    HttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, content, OWN_HEADERS, OWN_HEADERS);
    common(exchange, response)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_TYPE, contentType)
        .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    return response;
  }

  private void preflight(Exchange exchange) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, OWN_HEADERS);
    common(exchange, response)
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS")
        .set(
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "Range, If-Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since,"
                + " Cache-Control")
        .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "86400")
        .set(HttpHeaderNames.ALLOW, "GET, HEAD, OPTIONS");
    finish(exchange, response, null, Outcome.OTHER);
  }

  private HttpHeaders common(Exchange exchange, HttpResponse response) {
    HttpHeaders headers =
        response
            .headers()
            .set(HttpHeaderNames.DATE, door.date())
            .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .set(
                HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
                "Accept-Ranges, Cache-Status, Content-Length, Content-Range, Date, ETag,"
                    + " Last-Modified, Retry-After")
            .set("Cross-Origin-Resource-Policy", "cross-origin")
            .set("Timing-Allow-Origin", "*")
            .set("X-Content-Type-Options", "nosniff");
    if (!exchange.isKeptAlive || isClosing) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (exchange.request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return headers;
  }

  private void finish(
      Exchange exchange, HttpResponse response, @Nullable Sending sending, Outcome outcome) {
    ChannelHandlerContext ctx = exchange.ctx;
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
    written.addListener(done -> ended(exchange, sending, outcome, done.isSuccess(), done.cause()));
  }

  private void ended(
      Exchange exchange,
      @Nullable Sending sending,
      Outcome outcome,
      boolean isWhole,
      @Nullable Throwable cause) {
    ChannelHandlerContext ctx = exchange.ctx;
    door.counters().ended(isWhole ? outcome : Outcome.ABORTED);
    if (sending != null) {
      door.counters().sent(sending.region().transferred());
      if (!isWhole) {
        log.debug("file={} unsent reason=\"{}\"", sending.file(), String.valueOf(cause));
        door.files().suspect(sending.file());
      }
    }
    isAnswering = false;
    if (!isWhole || !exchange.isKeptAlive || isClosing) {
      isClosing = true;
      ctx.close();
      return;
    }
    // Not from within: thousands of pipelined requests would grow the stack.
    ctx.executor().execute(() -> answerNext(ctx));
  }

  /** Gives up connections that send no request, or take no answer, for too long. */
  private void watch(ChannelHandlerContext ctx) {
    long period =
        Math.min(door.config().requestTimeout().toNanos(), door.config().stallTimeout().toNanos())
            / 4;
    ctx.executor()
        .schedule(
            () -> {
              if (!ctx.channel().isActive()) {
                return;
              }
              if (isStuck(ctx)) {
                ctx.close();
              } else {
                watch(ctx);
              }
            },
            period,
            TimeUnit.NANOSECONDS);
  }

  private boolean isStuck(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    if (!isAnswering) {
      return now - since > door.config().requestTimeout().toNanos();
    }
    ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
    long progressNow = out == null ? 0 : out.currentProgress();
    if (progressNow != progress) {
      progress = progressNow;
      since = now;
      return false;
    }
    return now - since > door.config().stallTimeout().toNanos();
  }

  private static Optional<Refusal> badRequest(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return Optional.of(
            Refusal.of(
                ProblemType.MALFORMED, 414, "request line is too long (expected: at most 8192)"));
      }
      if (cause instanceof TooLongFrameException) {
        return Optional.of(
            Refusal.of(
                ProblemType.MALFORMED, 431, "headers are too long (expected: at most 16384)"));
      }
      return Optional.of(
          Refusal.of(ProblemType.MALFORMED, "request is malformed (expected: HTTP/1.1)"));
    }
    if (HttpUtil.isTransferEncodingChunked(request)
        || request.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, 0) != 0) {
      return Optional.of(Refusal.of(ProblemType.BODY_TOO_LARGE, "body is there (expected: none)"));
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      return Optional.of(
          Refusal.of(ProblemType.MALFORMED, "Host is missing or repeated (expected: once)"));
    }
    return Optional.empty();
  }

  private static Preconditions.Conditions conditions(HttpHeaders headers) {
    String ifMatch = headers.get(HttpHeaderNames.IF_MATCH);
    String ifUnmodified = headers.get(HttpHeaderNames.IF_UNMODIFIED_SINCE);
    String ifNoneMatch = headers.get(HttpHeaderNames.IF_NONE_MATCH);
    String ifModified = headers.get(HttpHeaderNames.IF_MODIFIED_SINCE);
    return ifMatch == null && ifUnmodified == null && ifNoneMatch == null && ifModified == null
        ? Preconditions.Conditions.NONE
        : new Preconditions.Conditions(ifMatch, ifUnmodified, ifNoneMatch, ifModified);
  }

  private static @Nullable String singleRange(HttpHeaders headers) {
    List<String> ranges = headers.getAll(HttpHeaderNames.RANGE);
    return ranges.size() == 1 ? ranges.getFirst() : null;
  }

  private static String etag(StoredFile file) {
    return "\"" + file.sha256() + "\"";
  }

  private static Outcome outcomeOf(ProblemType type) {
    return switch (type) {
      case UNAUTHENTICATED -> Outcome.UNAUTHENTICATED;
      case FORBIDDEN -> Outcome.FORBIDDEN;
      default -> Outcome.UNAVAILABLE;
    };
  }

  /** One request and what its answer needs to know of it. */
  private static final class Exchange {
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private boolean isKeptAlive;

    private Exchange(ChannelHandlerContext ctx, HttpRequest request) {
      this.ctx = ctx;
      this.request = request;
      this.isKeptAlive = HttpUtil.isKeepAlive(request);
    }

    private boolean isHead() {
      return request.method().equals(HttpMethod.HEAD);
    }
  }
}
