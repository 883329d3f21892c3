package io.tributary.benchmarks.controlplane;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node as far as the control plane can tell: it keeps a connection, reports when it was told to,
 * sends its inventory when it is wanted, and comes back after growing waits, at the next replica.
 * What it is told to read it counts as read. All of it on the one thread of {@link HeartbeatLoad}.
 */
final class LoadNode {
  /** As nodes have them; see {@code oca.control-plane}. */
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** SHA-256 of nothing: it holds nothing. */
  private static final String NOTHING_HELD =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** Of a hundred heartbeats, how many are sent again, and how many after a newer one. */
  private static final int REPEATED = 2;

  private static final int MOST_ANSWER_BYTES = 64 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HeartbeatLoad load;
  private final JoinedNode joined;
  private final NodeEndpoint endpoint;
  private final long incarnation = System.currentTimeMillis();
  private @Nullable Channel channel;
  private @Nullable ScheduledFuture<?> timer;
  private int replica;
  private int failures;
  private long dueAt;
  private boolean isFirstTry;
  private boolean isBusy;
  private long sequence;
  private long configVersion;
  private long contentVersion;
  private long revocationVersion;
  private @Nullable Heartbeat sent;
  private @Nullable Heartbeat before;
  private long answeredAt = Long.MIN_VALUE;

  LoadNode(HeartbeatLoad load, JoinedNode joined, NodeEndpoint endpoint, int replica) {
    this.load = load;
    this.joined = joined;
    this.endpoint = endpoint;
    this.replica = replica;
  }

  String id() {
    return joined.id();
  }

  /** What it sent last, which was answered unless it {@linkplain #isBusy is busy}. */
  @Nullable Heartbeat lastSent() {
    return sent;
  }

  /** Whether a heartbeat of it waits for its answer, or for another try. */
  boolean isBusy() {
    return isBusy;
  }

  boolean isAnsweredSince(long nanoTime) {
    return answeredAt != Long.MIN_VALUE && answeredAt - nanoTime > 0;
  }

  /** Its next heartbeat is due then, on {@link System#nanoTime}. */
  void dueAt(long nanoTime) {
    dueAt = nanoTime;
    isFirstTry = true;
    isBusy = false;
    after(nanoTime - System.nanoTime(), this::beat);
  }

  /** Loses its connection, and what it waits for; whether it comes back is for others to say. */
  void disconnect() {
    if (timer != null) {
      timer.cancel(false);
    }
    Channel old = channel;
    channel = null;
    if (old != null) {
      var _ = old.close();
    }
  }

  private void beat() {
    if (load.isPaused()) {
      return;
    }
    isBusy = true;
    if (isFirstTry) {
      long from = isAnsweredSince(dueAt) ? answeredAt : dueAt;
      load.tally().sent(System.nanoTime() - from);
      isFirstTry = false;
    }
    Channel open = channel;
    if (open == null) {
      connect();
    } else {
      report(open);
    }
  }

  private void connect() {
    long began = System.nanoTime();
    SslHandler tls = new SslHandler(joined.engine());
    tls.setHandshakeTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    Bootstrap bootstrap = load.bootstrap((int) CONNECT.toMillis());
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel made) {
            made.pipeline()
                .addLast(
                    tls,
                    new HttpClientCodec(),
                    new HttpObjectAggregator(MOST_ANSWER_BYTES),
                    new Answers());
          }
        });
    ChannelFuture connecting =
        bootstrap.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), load.port(replica)));
    Channel made = connecting.channel();
    channel = made;
    var _ =
        connecting.addListener(
            (ChannelFutureListener)
                done -> {
                  if (!done.isSuccess()) {
                    lost(made);
                  }
                });
    var _ =
        tls.handshakeFuture()
            .addListener(done -> {
              if (done.isSuccess()) {
                load.tally().shakenHands(System.nanoTime() - began);
                if (made.equals(channel)) {
                  report(made);
                }
              } else {
                lost(made);
              }
            });
  }

  private void report(Channel to) {
    before = sent;
    Heartbeat next = heartbeat();
    sent = next;
    send(to, HttpMethod.POST, "/oca/v1/heartbeats", next);
  }

  private Heartbeat heartbeat() {
    sequence++;
    int seed = load.random().nextInt(1_000_000);
    return new Heartbeat(
        joined.id(),
        incarnation,
        sequence,
        Instant.now(),
        "0.1.0",
        List.of(endpoint),
        NodeCondition.OK,
        null,
        new NodeCapacity(100_000_000_000L, 100_000_000_000_000L, 50_000),
        new NodeLoad(1_000L * seed, seed, 42_000_000_000_000L, 10L * seed),
        configVersion,
        contentVersion,
        revocationVersion,
        NOTHING_HELD,
        0,
        0);
  }

  private void send(Channel to, HttpMethod method, String path, Object body) {
    byte[] bytes = JSON.writeValueAsBytes(body);
    boolean isCompressed = load.isCompressing();
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            method,
            path,
            Unpooled.wrappedBuffer(isCompressed ? gzip(bytes) : bytes));
    request
        .headers()
        .set(HttpHeaderNames.HOST, "127.0.0.1")
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.ACCEPT, "application/json, application/problem+json")
        .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    if (isCompressed) {
      request.headers().set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    var _ = to.writeAndFlush(request);
    after(ANSWER.toNanos(), () -> lost(to));
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void answered(Channel by, FullHttpResponse response) {
    if (!by.equals(channel) || timer == null) {
      return;
    }
    timer.cancel(false);
    int status = response.status().code();
    if (!isBusy) {
      // What it was sent beside its heartbeat: its answer says nothing new.
      rest();
    } else if (status == 503) {
      load.tally().refused();
      long seconds = response.headers().getInt(HttpHeaderNames.RETRY_AFTER, 0);
      after(
          Math.max(
              TimeUnit.SECONDS.toNanos(seconds) + load.random().nextInt(1_000_000_000), backoff()),
          this::beat);
    } else if (status == 200) {
      heard(by, JSON.readValue(ByteBufUtil.getBytes(response.content()), HeartbeatAnswer.class));
    } else {
      lost(by);
    }
  }

  private void heard(Channel by, HeartbeatAnswer answer) {
    answeredAt = System.nanoTime();
    load.tally().answered(answeredAt - dueAt);
    failures = 0;
    isBusy = false;
    dueAt += TimeUnit.MILLISECONDS.toNanos(answer.nextHeartbeatMillis());
    isFirstTry = true;
    configVersion = answer.configVersion();
    contentVersion = answer.contentVersion();
    revocationVersion = answer.revocationVersion();
    int chance = load.isRepeating() ? load.random().nextInt(100) : 100;
    Heartbeat old = before;
    if (answer.inventoryWanted()) {
      send(
          by,
          HttpMethod.PUT,
          "/oca/v1/inventory",
          new Inventory(joined.id(), incarnation, contentVersion, NOTHING_HELD, 0, 1, List.of()));
    } else if (chance < REPEATED && sent != null) {
      send(by, HttpMethod.POST, "/oca/v1/heartbeats", sent);
    } else if (chance < 2 * REPEATED && old != null) {
      send(by, HttpMethod.POST, "/oca/v1/heartbeats", old);
    } else {
      rest();
    }
  }

  private void rest() {
    after(dueAt - System.nanoTime(), this::beat);
  }

  /** Nobody answers there: it is tried elsewhere, later. */
  private void lost(Channel there) {
    if (!there.equals(channel)) {
      return;
    }
    boolean wasBusy = isBusy;
    disconnect();
    replica++;
    if (wasBusy) {
      load.tally().failed();
      failures++;
      after(backoff(), this::beat);
    } else {
      // It finds out when it reports next; until then nothing is asked of the connection.
      rest();
    }
  }

  /** As {@code Backoff} of a node has it: doubled each time, half of it by chance. */
  private long backoff() {
    long full =
        Math.min(
            FIRST_WAIT.toNanos() << Math.min(Math.max(failures, 1) - 1, 20),
            LONGEST_WAIT.toNanos());
    return full / 2 + (long) (load.random().nextDouble() * full / 2);
  }

  private void after(long nanos, Runnable what) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer = load.loop().schedule(what, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      answered(context.channel(), response);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lost(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      lost(context.channel());
    }
  }
}
