package io.tributary.bearer;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keys that an issuer publishes over HTTP. Fetched at start and then in the background, when they
 * are asked for and old; never by the thread that asks, so event loops may ask. The last good keys
 * stay for as long as the issuer is away.
 *
 * <p>One fetch at a time. After a good one the next waits five minutes, or 30 seconds if a token
 * names a key that is not known; after a bad one ten seconds. So a flood of forged tokens costs the
 * issuer two requests a minute.
 */
final class RemoteKeys implements IssuerKeys {
  /** Fetches the text of a JWK set. */
  interface Fetch {
    /**
     * Fetches, within a bounded time and size.
     *
     * @throws IOException if there is no good answer
     */
    String fetch(URI jwks) throws IOException, InterruptedException;
  }

  static final Duration REFRESH_AFTER = Duration.ofMinutes(5);
  static final Duration MISS_AFTER = Duration.ofSeconds(30);
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());

  private final URI jwks;
  private final Fetch fetch;
  private final Executor background;
  private final InstantSource time;
  private final AtomicBoolean fetching = new AtomicBoolean();
  private volatile List<VerificationKey> keys = List.of();
  private volatile Instant refreshAt = Instant.MIN;
  private volatile Instant missAt = Instant.MIN;

  RemoteKeys(URI jwks, Fetch fetch, Executor background, InstantSource time) {
    this.jwks = jwks;
    this.fetch = fetch;
    this.background = background;
    this.time = time;
  }

  /** Starts the first fetch. */
  void start() {
    fetchUnlessBefore(refreshAt);
  }

  @Override
  public List<VerificationKey> current() {
    fetchUnlessBefore(refreshAt);
    return keys;
  }

  @Override
  public void missed() {
    fetchUnlessBefore(missAt);
  }

  private void fetchUnlessBefore(Instant due) {
    if (!time.instant().isBefore(due) && fetching.compareAndSet(false, true)) {
      background.execute(this::refresh);
    }
  }

  private void refresh() {
    try {
      List<VerificationKey> fresh = VerificationKey.parse(fetch.fetch(jwks));
      keys = fresh;
      next(REFRESH_AFTER, MISS_AFTER);
      LOG.log(INFO, "jwks={0} keys={1} state=fetched", jwks, fresh.size());
    } catch (IOException | ParseException | RuntimeException bad) {
      next(RETRY_AFTER, RETRY_AFTER);
      LOG.log(
          WARNING,
          "jwks={0} keys={1} state=unreachable, the last good ones stay: {2}",
          jwks,
          keys.size(),
          bad.toString());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      fetching.set(false);
    }
  }

  private void next(Duration refresh, Duration miss) {
    Instant now = time.instant();
    refreshAt = now.plus(refresh);
    missAt = now.plus(miss);
  }
}
