package io.tributary.fleet.fault;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One way through a connection. Used by the connection's event loop alone.
 *
 * <p>Without a fault bytes go straight on. With latency or a rate they wait in a queue, bounded by
 * {@value #MOST_WAITING_BYTES}: over it the source is not read, as with a slow network.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which tells
final class Pipe {

  /** Enough for 60 Mbit/s over half a second; a rate's queue is far shorter. */
  private static final long MOST_WAITING_BYTES = 4L * 1024 * 1024;

  /** With a rate, so that a sender feels it soon. */
  private static final long MOST_WAITING_BYTES_AT_RATE = 64L * 1024;

  /** With a rate, so that bytes trickle rather than burst. */
  private static final int PIECE_BYTES_AT_RATE = 8 * 1024;

  private record Piece(@Nullable ByteBuf bytes, long dueNanos) {}

  private final ProxiedConnection connection;
  private final FaultLink link;
  private final FaultLink.Way way;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private @Nullable Channel source;
  private @Nullable Channel sink;
  private long waitingBytes;
  private long lastDueNanos = Long.MIN_VALUE;
  private boolean wakeScheduled;
  private boolean done;
  private boolean dropped;

  Pipe(ProxiedConnection connection, @Nullable Channel source, FaultLink link, FaultLink.Way way) {
    this.connection = connection;
    this.source = source;
    this.link = link;
    this.way = way;
  }

  @Nullable Channel source() {
    return source;
  }

  void readFrom(Channel channel) {
    source = channel;
  }

  void sendTo(Channel channel) {
    sink = channel;
  }

  /** Whether the end of input has been passed on. */
  boolean isDone() {
    return done;
  }

  /** Takes the buffer over. */
  void received(ByteBuf bytes) {
    if (dropped) {
      bytes.release();
      return;
    }
    Fault fault = link.fault();
    if (fault.bitsPerSecond() == 0 && fault.latencyMillis() == 0 && waiting.isEmpty()) {
      pass(bytes, fault);
      return;
    }
    long now = System.nanoTime();
    while (bytes.isReadable()) {
      int size =
          fault.bitsPerSecond() == 0
              ? bytes.readableBytes()
              : Math.min(PIECE_BYTES_AT_RATE, bytes.readableBytes());
      enqueue(bytes.readRetainedSlice(size), link.reserve(way, size, now), fault);
    }
    bytes.release();
    pumpAndRead();
  }

  /** The source has no more to say. */
  void endOfInput() {
    enqueue(null, System.nanoTime(), link.fault());
    pumpAndRead();
  }

  private void pass(ByteBuf bytes, Fault fault) {
    if (sink == null || fault.blackhole()) {
      enqueue(bytes, System.nanoTime(), fault);
      return;
    }
    sink.writeAndFlush(bytes, sink.voidPromise());
    if (!sink.isWritable()) {
      read(false);
    }
  }

  private void enqueue(@Nullable ByteBuf bytes, long passedNanos, Fault fault) {
    long due = passedNanos + TimeUnit.MILLISECONDS.toNanos(fault.latencyMillis());
    // Order holds even when the latency shrinks in between.
    lastDueNanos = lastDueNanos == Long.MIN_VALUE ? due : Math.max(due, lastDueNanos);
    waiting.add(new Piece(bytes, lastDueNanos));
    waitingBytes += bytes == null ? 0 : bytes.readableBytes();
  }

  /** Sends what is due and reads on if there is room. */
  void pumpAndRead() {
    Fault fault = link.fault();
    if (!fault.blackhole() && sink != null && sink.isActive()) {
      pump(sink);
    }
    long most = fault.bitsPerSecond() == 0 ? MOST_WAITING_BYTES : MOST_WAITING_BYTES_AT_RATE;
    read(!fault.blackhole() && sink != null && sink.isWritable() && waitingBytes < most);
  }

  private void pump(Channel to) {
    long now = System.nanoTime();
    boolean wrote = false;
    Piece piece = waiting.peek();
    while (piece != null && piece.dueNanos() - now <= 0 && to.isWritable()) {
      waiting.remove();
      if (piece.bytes() == null) {
        end(to);
        return;
      }
      waitingBytes -= piece.bytes().readableBytes();
      to.write(piece.bytes(), to.voidPromise());
      wrote = true;
      piece = waiting.peek();
    }
    if (wrote) {
      to.flush();
    }
    if (piece != null && !wakeScheduled && piece.dueNanos() - now > 0) {
      wakeScheduled = true;
      var _ = to.eventLoop().schedule(this::wake, piece.dueNanos() - now, TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    wakeScheduled = false;
    pumpAndRead();
  }

  /** Only once all before it is written: Netty forgets what is pending when output is shut. */
  private void end(Channel to) {
    to.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> ((DuplexChannel) to).shutdownOutput().addListener(_ -> ended()));
  }

  private void ended() {
    done = true;
    connection.pipeDone();
  }

  private void read(boolean on) {
    if (source != null && source.config().isAutoRead() != on) {
      source.config().setAutoRead(on);
    }
  }

  /** Releases what has not been sent. */
  void drop() {
    dropped = true;
    for (Piece piece : waiting) {
      if (piece.bytes() != null) {
        piece.bytes().release();
      }
    }
    waiting.clear();
    waitingBytes = 0;
  }
}
