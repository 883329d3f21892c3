package io.tributary.oca.fill;

import io.tributary.oca.store.DiskFailedException;
import io.tributary.oca.store.IncomingFile;
import io.tributary.oca.store.IncomingFile.WrongBytesException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches one file from one URL. What a source can do wrong (answer with an error, too few, too
 * many or other bytes, stop in the middle) is an {@link IOException} that does not show the URL.
 *
 * <p>Safe for use by many threads.
 */
final class FileFetcher implements AutoCloseable {
  /** To come within the stall timeout each: a source that only trickles is left as well. */
  private static final int PIECE_BYTES = 64 << 10;

  private final HttpClient http;
  private final FillRate rate;
  private final Duration stallTimeout;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("oca-fill-watch").factory());

  FileFetcher(FillConfig config, FillRate rate) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            // A signed URL is the right to one object; following on would leave that.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.rate = rate;
    this.stallTimeout = config.stallTimeout();
  }

  /** Fetches the file whole, and completes it. */
  void fetch(URI url, long bytes, IncomingFile into)
      throws IOException, InterruptedException, WrongBytesException {
    HttpResponse<InputStream> response = send(url);
    try (InputStream body = response.body()) {
      expectOk(response);
      OptionalLong promised = response.headers().firstValueAsLong("Content-Length");
      if (promised.isPresent() && promised.getAsLong() != bytes) {
        throw new IOException(
            "Content-Length is " + promised.getAsLong() + " (expected: " + bytes + ")");
      }
      read(body, (piece, length) -> into.write(piece, 0, length));
    }
    into.complete();
  }

  /** Fetches a file whose size is not known beforehand, at most so many bytes. */
  byte[] fetchSmall(URI url, int maxBytes) throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HttpResponse<InputStream> response = send(url);
    try (InputStream body = response.body()) {
      expectOk(response);
      read(
          body,
          (piece, length) -> {
            if (bytes.size() + length > maxBytes) {
              throw new IOException("more bytes came (expected: at most " + maxBytes + ")");
            }
            bytes.write(piece, 0, length);
          });
    } catch (WrongBytesException e) {
      throw new IOException(e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private HttpResponse<InputStream> send(URI url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(stallTimeout).GET().build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static void expectOk(HttpResponse<?> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException("status is " + response.statusCode() + " (expected: 200)");
    }
  }

  private interface Taker {
    void take(byte[] piece, int length) throws IOException, WrongBytesException;
  }

  private void read(InputStream body, Taker into) throws IOException, WrongBytesException {
    byte[] piece = new byte[PIECE_BYTES];
    Stall stall = new Stall(body);
    try {
      while (true) {
        stall.begin();
        int read = body.readNBytes(piece, 0, piece.length);
        stall.end();
        if (read == 0) {
          return;
        }
        into.take(piece, read);
        rate.took(read);
      }
    } catch (DiskFailedException e) {
      throw e;
    } catch (IOException e) {
      throw stall.isOver() ? new IOException("too little came for " + stallTimeout) : e;
    } finally {
      stall.cancel();
    }
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    http.shutdownNow();
  }

  /** Closes a body whose next piece is overdue: a request's own timeout ends with the headers. */
  private final class Stall {
    private static final long NOT_READING = Long.MAX_VALUE;

    private final InputStream body;
    private final ScheduledFuture<?> watching;
    private volatile long begun = NOT_READING;
    private volatile boolean isOver;

    private Stall(InputStream body) {
      this.body = body;
      long period = Math.max(1, stallTimeout.toMillis() / 4);
      this.watching =
          watchdog.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private void look() {
      long since = begun;
      if (since != NOT_READING && System.nanoTime() - since > stallTimeout.toNanos()) {
        isOver = true;
        try {
          body.close();
        } catch (IOException e) {
          // It is given up either way.
        }
      }
    }

    private void begin() {
      begun = System.nanoTime();
    }

    private void end() {
      begun = NOT_READING;
    }

    private boolean isOver() {
      return isOver;
    }

    private void cancel() {
      watching.cancel(false);
    }
  }
}
