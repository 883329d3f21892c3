package io.tributary.client.playback;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.error.PlayException;
import io.tributary.client.json.JsonText;
import io.tributary.client.time.Ticker;
import io.tributary.client.transport.Transport;
import io.tributary.client.transport.TransportRequest;
import io.tributary.client.transport.TransportResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public API ({@code /api/v1}), blocking. What may be repeated is repeated a few times when the
 * service is away or says so, with growing random waits.
 *
 * <p>Every method throws {@link PlayException} when the call failed. Safe for use by many threads.
 */
public final class PlaybackApi {
  // A title of 12 hours in six renditions of 4 s segments takes about 10 MB.
  private static final int MAX_MANIFEST_BYTES = 32 << 20;
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private final Transport transport;
  private final URI api;
  private final Supplier<@Nullable String> bearerToken;
  private final ApiConfig config;
  private final Ticker ticker;
  private final Random random;

  /**
   * The API of one fleet.
   *
   * @param base the gateway's URL, with or without a path
   * @param bearerToken asked before every call; null for none
   */
  public PlaybackApi(
      Transport transport,
      URI base,
      Supplier<@Nullable String> bearerToken,
      ApiConfig config,
      Ticker ticker,
      Random random) {
    this.transport = transport;
    this.api = URI.create(base + (base.toString().endsWith("/") ? "" : "/") + "api/v1/");
    this.bearerToken = bearerToken;
    this.config = config;
    this.ticker = ticker;
    this.random = random;
  }

  /**
   * Asks for a play of a title.
   *
   * @param idempotencyKey the same for every repetition of one press of Play
   */
  public Playback create(String titleId, String idempotencyKey) {
    String body = new JsonText().with("titleId", titleId).withOneOf("include", "ranking").done();
    Map<String, String> headers = authorized();
    headers.put("Idempotency-Key", idempotencyKey);
    return PlaybackReader.playback(
        call("POST", api.resolve("playbacks"), headers, body, MAX_ANSWER_BYTES));
  }

  /** Fetches a play's manifest; its URL needs no token, so none is sent. */
  public PlayManifest manifest(URI playManifest) {
    return PlaybackReader.playManifest(
        call("GET", playManifest, new LinkedHashMap<>(), "", MAX_MANIFEST_BYTES));
  }

  /**
   * Says that a play goes on, and gets new URLs and a new ranking for it.
   *
   * @param playManifest the play's newest: with it the service can renew while its stores are away
   */
  public Renewal renew(String playbackId, URI playManifest) {
    URI uri = api.resolve("playbacks/" + playbackId + "/renewals");
    String body = new JsonText().with("manifest", playManifest.toString()).done();
    return PlaybackReader.renewal(call("POST", uri, authorized(), body, MAX_ANSWER_BYTES));
  }

  /** Keeps where the viewer is. */
  public void savePosition(String playbackId, long positionMillis) {
    URI uri = api.resolve("playbacks/" + playbackId + "/position");
    String body = new JsonText().with("positionMillis", positionMillis).done();
    call("PUT", uri, authorized(), body, MAX_ANSWER_BYTES);
  }

  /**
   * Lists titles.
   *
   * @param cursor of the page before; null for the first page
   */
  public TitlePage titles(@Nullable String cursor) {
    URI uri = api.resolve(cursor == null ? "titles" : "titles?cursor=" + encoded(cursor));
    return PlaybackReader.titles(call("GET", uri, authorized(), "", MAX_ANSWER_BYTES));
  }

  private Map<String, String> authorized() {
    Map<String, String> headers = new LinkedHashMap<>();
    String token = bearerToken.get();
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    return headers;
  }

  private byte[] call(
      String method, URI uri, Map<String, String> headers, String body, int maxBytes) {
    headers.put("Accept", "application/json, application/problem+json");
    TransportRequest request =
        new TransportRequest(
            method, uri, headers, body, config.connectMillis(), config.silenceMillis());
    for (int attempt = 1; ; attempt++) {
      Attempt outcome = attempt(request, maxBytes);
      if (outcome.answer != null) {
        return outcome.answer;
      }
      if (attempt >= config.attempts()
          || !outcome.error().retryable()
          || outcome.retryAfterMillis > config.longestRetryAfterMillis()) {
        throw new PlayException(outcome.error(), outcome.cause);
      }
      long backoff = (long) config.firstRetryMillis() << (attempt - 1);
      long jittered = Math.max(1, (long) (backoff * (0.5 + random.nextDouble())));
      try {
        Thread.sleep(Math.max(outcome.retryAfterMillis, jittered));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new PlayException(outcome.error(), outcome.cause);
      }
    }
  }

  private Attempt attempt(TransportRequest request, int maxBytes) {
    long deadlineNanos = ticker.nanos() + config.callMillis() * 1_000_000L;
    try {
      TransportResponse response = transport.send(request);
      boolean whole = false;
      try {
        byte[] body = read(response, maxBytes, deadlineNanos);
        whole = true;
        return response.status() >= 200 && response.status() < 300
            ? Attempt.answered(body)
            : Attempt.failed(
                ProblemReader.error(response.status(), body), retryAfterMillis(response), null);
      } finally {
        if (whole) {
          response.close();
        } else {
          response.abandon();
        }
      }
    } catch (IOException unreachable) {
      String where = request.uri().getHost() + ":" + request.uri().getPort();
      String message = where + " did not answer (" + unreachable.getClass().getSimpleName() + ")";
      return Attempt.failed(PlayError.of(ErrorCode.UNREACHABLE, message), 0, unreachable);
    }
  }

  private byte[] read(TransportResponse response, int maxBytes, long deadlineNanos)
      throws IOException {
    InputStream body = response.body();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 << 10];
    int count;
    while ((count = body.read(buffer)) >= 0) {
      bytes.write(buffer, 0, count);
      if (bytes.size() > maxBytes) {
        throw new PlayException(
            PlayError.of(ErrorCode.BAD_ANSWER, "an answer is longer than " + maxBytes + " bytes"));
      }
      if (ticker.nanos() - deadlineNanos > 0) {
        throw new SocketTimeoutException(
            "an answer took longer than " + config.callMillis() + " ms");
      }
    }
    return bytes.toByteArray();
  }

  private static long retryAfterMillis(TransportResponse response) {
    String seconds = response.header("Retry-After");
    try {
      return seconds == null ? 0 : Math.max(0, Integer.parseInt(seconds.trim()) * 1_000L);
    } catch (NumberFormatException aDate) {
      return 0;
    }
  }

  // The overload with a Charset came to Android only at API 33.
  @SuppressWarnings("JdkObsolete")
  private static String encoded(String value) {
    try {
      return URLEncoder.encode(value, "UTF-8");
    } catch (UnsupportedEncodingException missing) {
      // Every platform has it.
      throw new IllegalStateException(missing);
    }
  }

  /** An answer's body, or why there is none. */
  private static final class Attempt {
    final byte @Nullable [] answer;
    final long retryAfterMillis;
    final @Nullable Throwable cause;
    private final @Nullable PlayError error;

    private Attempt(
        byte @Nullable [] answer,
        @Nullable PlayError error,
        long retryAfterMillis,
        @Nullable Throwable cause) {
      this.answer = answer;
      this.error = error;
      this.retryAfterMillis = retryAfterMillis;
      this.cause = cause;
    }

    static Attempt answered(byte[] answer) {
      return new Attempt(answer, null, 0, null);
    }

    static Attempt failed(PlayError error, long retryAfterMillis, @Nullable Throwable cause) {
      return new Attempt(null, error, retryAfterMillis, cause);
    }

    PlayError error() {
      if (error == null) {
        throw new IllegalStateException("the call was answered");
      }
      return error;
    }
  }
}
