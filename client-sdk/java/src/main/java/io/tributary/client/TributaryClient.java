package io.tributary.client;

import io.tributary.client.abr.AbrConfig;
import io.tributary.client.abr.BitrateRule;
import io.tributary.client.abr.ThroughputRule;
import io.tributary.client.error.PlayException;
import io.tributary.client.loading.LoadingConfig;
import io.tributary.client.playback.ApiConfig;
import io.tributary.client.playback.PlaybackApi;
import io.tributary.client.playback.TitlePage;
import io.tributary.client.time.Ticker;
import io.tributary.client.transport.Transport;
import io.tributary.client.transport.urlconnection.UrlConnectionTransport;
import java.net.URI;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fleet, as an app sees it. Make one for each gateway and keep it; it holds no thread and no
 * connection of its own. Safe for use by many threads.
 */
public final class TributaryClient {
  private final PlayParts parts;

  private TributaryClient(PlayParts parts) {
    this.parts = parts;
  }

  /**
   * Begins to describe a client.
   *
   * @param gateway the public API's URL without {@code /api/v1}, e.g. {@code http://localhost:8080}
   * @throws IllegalArgumentException if it is not an http or https URL
   */
  public static Builder builder(URI gateway) {
    return new Builder(gateway);
  }

  /**
   * Lists titles. Blocks.
   *
   * @param cursor the last page's {@code nextCursor}; null for the first page
   * @throws PlayException if the call failed
   */
  public TitlePage titles(@Nullable String cursor) {
    return parts.api().titles(cursor);
  }

  /** Prepares a play; nothing is sent before {@link Play#start()}. */
  public Play open(String titleId, PlayOptions options) {
    return new HeadlessPlay(titleId, options, parts);
  }

  /** Describes a client. Every setting has a default. Not safe for use by many threads. */
  public static final class Builder {
    private final URI gateway;
    private Supplier<@Nullable String> bearerToken = () -> null;
    private Transport transport = new UrlConnectionTransport();
    private ApiConfig api = ApiConfig.DEFAULTS;
    private LoadingConfig loading = LoadingConfig.DEFAULTS;
    private AbrConfig abr = AbrConfig.DEFAULTS;
    private @Nullable BitrateRule bitrateRule;
    private Ticker ticker = Ticker.system();
    private Random random = new Random();

    private Builder(URI gateway) {
      String scheme = gateway.getScheme();
      if (gateway.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException(
            "gateway is " + gateway + " (expected: an http or https URL)");
      }
      this.gateway = gateway;
    }

    /** Where each call's bearer token comes from; null for a call without one. Default: none. */
    public Builder bearerToken(Supplier<@Nullable String> newBearerToken) {
      bearerToken = newBearerToken;
      return this;
    }

    /** How requests are sent. Default: {@link UrlConnectionTransport}. */
    public Builder transport(Transport newTransport) {
      transport = newTransport;
      return this;
    }

    /** How calls of the API are bounded. Default: {@link ApiConfig#DEFAULTS}. */
    public Builder api(ApiConfig newApi) {
      api = newApi;
      return this;
    }

    /** How long nodes may keep a play waiting. Default: {@link LoadingConfig#DEFAULTS}. */
    public Builder loading(LoadingConfig newLoading) {
      loading = newLoading;
      return this;
    }

    /** How throughput is measured and used. Default: {@link AbrConfig#DEFAULTS}. */
    public Builder abr(AbrConfig newAbr) {
      abr = newAbr;
      return this;
    }

    /** What chooses renditions. Default: {@link ThroughputRule} with {@link #abr}'s figures. */
    public Builder bitrateRule(BitrateRule newBitrateRule) {
      bitrateRule = newBitrateRule;
      return this;
    }

    /** The clock of all plays. Default: the process's own. */
    public Builder ticker(Ticker newTicker) {
      ticker = newTicker;
      return this;
    }

    /** What spreads retries. Default: seeded by the platform. */
    public Builder random(Random newRandom) {
      random = newRandom;
      return this;
    }

    /** The client. */
    public TributaryClient build() {
      PlaybackApi playbackApi =
          new PlaybackApi(transport, gateway, bearerToken, api, ticker, random);
      BitrateRule rule = bitrateRule == null ? new ThroughputRule(abr) : bitrateRule;
      return new TributaryClient(
          new PlayParts(playbackApi, transport, abr, rule, loading, ticker, random));
    }
  }
}
