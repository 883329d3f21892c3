package io.tributary.client.loading;

import io.tributary.client.abr.ThroughputMeter;
import io.tributary.client.media.MediaFile;
import io.tributary.client.nodes.NodeBoard;
import io.tributary.client.nodes.NodeChoice;
import io.tributary.client.nodes.NodeFault;
import io.tributary.client.nodes.PlayNode;
import io.tributary.client.time.Ticker;
import io.tributary.client.transport.Transport;
import io.tributary.client.transport.TransportRequest;
import io.tributary.client.transport.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file from whichever node can deliver it. The best trusted node is asked first; when
 * it fails, the next one is asked for the rest ({@code Range}), and the failed one is not asked
 * again. A file counts only if its size and SHA-256 are right; a wrong one costs its sender its
 * trust and is fetched whole from the next node. Once every node has failed, all are tried in turn
 * with patient deadlines and growing waits, until the buffer is empty and {@code giveUpMillis} have
 * passed as well.
 *
 * <p>Blocking. Safe for use by many threads, one file each.
 */
public final class FileFetcher {
  private static final int READ_BYTES = 64 << 10;

  private final Transport transport;
  private final NodeBoard board;
  private final ThroughputMeter meter;
  private final LoadingConfig config;
  private final Ticker ticker;
  private final Random random;

  public FileFetcher(
      Transport transport,
      NodeBoard board,
      ThroughputMeter meter,
      LoadingConfig config,
      Ticker ticker,
      Random random) {
    this.transport = transport;
    this.board = board;
    this.meter = meter;
    this.config = config;
    this.ticker = ticker;
    this.random = random;
  }

  /**
   * Fetches a file.
   *
   * @param file what to fetch
   * @param floorBitsPerSecond a node slower than this is left while another is trusted
   * @param context the play
   * @throws InterruptedException if the thread was interrupted in a wait
   */
  public FetchResult fetch(MediaFile file, long floorBitsPerSecond, FetchContext context)
      throws InterruptedException {
    long startNanos = ticker.nanos();
    Fetch fetch = new Fetch(file, floorBitsPerSecond, context);
    long giveUpNanos = 0;
    int rounds = 0;
    while (!context.isCancelled()) {
      NodeChoice choice = board.choose();
      if (choice instanceof NodeChoice.Trusted trusted) {
        if (fetch.from(trusted.node(), false)) {
          return new FetchResult.Fetched(trusted.node(), ticker.nanos() - startNanos);
        }
        continue;
      }
      if (rounds++ == 0) {
        giveUpNanos =
            ticker.nanos() + context.bufferMicros() * 1_000 + config.giveUpMillis() * 1_000_000L;
      }
      context.everyNodeFailed();
      for (PlayNode node : ((NodeChoice.LastChance) choice).nodes()) {
        if (context.isCancelled() || board.choose() instanceof NodeChoice.Trusted) {
          break;
        }
        if (fetch.from(node, true)) {
          board.pardon(node);
          return new FetchResult.Fetched(node, ticker.nanos() - startNanos);
        }
        if (ticker.nanos() - giveUpNanos >= 0) {
          return new FetchResult.GaveUp(fetch.lastFault);
        }
      }
      if (board.choose() instanceof NodeChoice.LastChance) {
        context.pause(waitMillis(rounds));
      }
    }
    return new FetchResult.Cancelled();
  }

  /** Doubling with full jitter above a half, so that plays that failed together do not retry so. */
  private long waitMillis(int rounds) {
    long wait =
        Math.min(
            config.longestRetryMillis(),
            (long) config.firstRetryMillis() << Math.min(rounds - 1, 16));
    return Math.max(1, (long) (wait * (0.5 + random.nextDouble() / 2)));
  }

  /** One file on its way, node after node. */
  private final class Fetch {
    private final MediaFile file;
    private final long floorBitsPerSecond;
    private final FetchContext context;
    private final PartialFile partial;
    private final byte[] buffer = new byte[READ_BYTES];
    private String lastFault = "no node was asked";

    Fetch(MediaFile file, long floorBitsPerSecond, FetchContext context) {
      this.file = file;
      this.floorBitsPerSecond = floorBitsPerSecond;
      this.context = context;
      partial = new PartialFile(file);
    }

    /** Asks one node for what is missing; true when the file is whole and right. */
    boolean from(PlayNode node, boolean lastChance) {
      Deadlines deadlines =
          lastChance ? Deadlines.patient(config) : Deadlines.urgent(config, context.bufferMicros());
      TransportResponse response;
      try {
        response = transport.send(request(node, deadlines));
      } catch (IOException failed) {
        return fault(node, kindOf(failed), describe(failed));
      }
      if (!accepts(node, response)) {
        response.abandon();
        return false;
      }
      boolean whole = false;
      meter.started(ticker.nanos());
      try {
        whole = receive(node, response, deadlines, lastChance);
      } catch (IOException broken) {
        NodeFault kind =
            broken instanceof SocketTimeoutException ? NodeFault.STALLED : NodeFault.BROKE_OFF;
        fault(node, kind, describe(broken) + " after " + partial.received() + " bytes");
      } finally {
        meter.ended(ticker.nanos());
        if (whole) {
          response.close();
        } else {
          response.abandon();
        }
      }
      return whole && isRight(node);
    }

    private TransportRequest request(PlayNode node, Deadlines deadlines) {
      long from = partial.received();
      Map<String, String> headers =
          from == 0
              ? Collections.emptyMap()
              : Collections.singletonMap("Range", "bytes=" + from + "-");
      return new TransportRequest(
          "GET",
          node.baseUrl().resolve(file.path()),
          headers,
          "",
          deadlines.connectMillis(),
          deadlines.silenceMillis());
    }

    /** Whether the answer is the file, or the rest of it that was asked for. */
    private boolean accepts(PlayNode node, TransportResponse response) {
      int status = response.status();
      long from = partial.received();
      if (from > 0 && status == 200) {
        // The node took no notice of the range: right, only wasteful.
        partial.restart();
      } else if (status != (from == 0 ? 200 : 206)) {
        return fault(node, NodeFault.REFUSED, "status " + status);
      } else if (from > 0) {
        String range = "bytes " + from + "-" + (file.bytes() - 1) + "/" + file.bytes();
        if (!range.equals(response.header("Content-Range"))) {
          return fault(
              node,
              NodeFault.CORRUPT,
              "Content-Range is "
                  + response.header("Content-Range")
                  + " (expected: "
                  + range
                  + ")");
        }
      }
      String length = response.header("Content-Length");
      if (length != null && !length.equals(Long.toString(partial.remaining()))) {
        return fault(
            node,
            NodeFault.CORRUPT,
            "Content-Length is " + length + " (expected: " + partial.remaining() + ")");
      }
      partial.continuing();
      return true;
    }

    private boolean receive(
        PlayNode node, TransportResponse response, Deadlines deadlines, boolean lastChance)
        throws IOException {
      InputStream body = response.body();
      long windowNanos = deadlines.silenceMillis() * 1_000_000L;
      long windowStart = ticker.nanos();
      long windowBytes = 0;
      while (partial.remaining() > 0) {
        int count = body.read(buffer, 0, (int) Math.min(buffer.length, partial.remaining()));
        if (count < 0) {
          return fault(
              node,
              NodeFault.BROKE_OFF,
              "the body ended after " + partial.received() + " of " + file.bytes() + " bytes");
        }
        partial.add(buffer, count);
        meter.received(count);
        windowBytes += count;
        if (context.isCancelled()) {
          return false;
        }
        long elapsedNanos = ticker.nanos() - windowStart;
        if (elapsedNanos >= windowNanos) {
          if (!lastChance && isTooSlow(node, windowBytes, elapsedNanos)) {
            return fault(
                node,
                NodeFault.TOO_SLOW,
                windowBytes * 8_000_000 / (elapsedNanos / 1_000) + " bit/s");
          }
          windowStart += elapsedNanos;
          windowBytes = 0;
        }
      }
      if (response.header("Content-Length") == null && body.read() >= 0) {
        partial.restart();
        return fault(node, NodeFault.CORRUPT, "the body is longer than " + file.bytes() + " bytes");
      }
      return true;
    }

    private boolean isTooSlow(PlayNode node, long windowBytes, long windowNanos) {
      return partial.remaining() > 0
          && board.hasTrustedBeside(node)
          && SlowNodeRule.isTooSlow(
              windowBytes,
              windowNanos,
              partial.remaining(),
              context.bufferMicros(),
              meter.bitsPerSecond(),
              floorBitsPerSecond);
    }

    private boolean isRight(PlayNode node) {
      if (partial.hasRightHash()) {
        return true;
      }
      boolean joined = partial.isJoined();
      partial.restart();
      // Of two senders nobody knows which was wrong: the one that is still trusted sends it whole.
      return !joined && fault(node, NodeFault.CORRUPT, "the SHA-256 is wrong");
    }

    /** Always false: the file did not come. */
    private boolean fault(PlayNode node, NodeFault fault, String detail) {
      lastFault = node.nodeId() + ": " + detail;
      if (board.penalize(node, fault, ticker.nanos())) {
        context.nodeFailed(node, fault, detail);
      }
      return false;
    }
  }

  private static NodeFault kindOf(IOException failed) {
    if (failed instanceof ConnectException
        || failed instanceof UnknownHostException
        || failed instanceof NoRouteToHostException) {
      return NodeFault.UNREACHABLE;
    }
    return failed instanceof SocketTimeoutException ? NodeFault.STALLED : NodeFault.BROKE_OFF;
  }

  /** The platform's own words, unless they may hold the URL and with it the token. */
  private static String describe(IOException failed) {
    @Nullable String message = failed.getMessage();
    String name = failed.getClass().getSimpleName();
    return message == null || message.contains("/t/") || message.contains("://")
        ? name
        : name + ": " + message;
  }
}
