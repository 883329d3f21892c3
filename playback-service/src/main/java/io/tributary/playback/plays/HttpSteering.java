package io.tributary.playback.plays;

import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.playback.breaker.Breaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Steering's replicas over HTTP, taken in turn; the next one is asked when one fails. One that
 * failed is left alone for {@link #PAUSE}, so that a frozen replica costs few plays a second.
 */
public final class HttpSteering implements Steering {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSteering.class);

  /** Steering decides from memory in a millisecond or so; a second means that it does not. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Eight nodes are some KiB. */
  private static final long MAX_ANSWER_BYTES = 64 * 1024;

  private final List<Replica> replicas;
  private final JsonMapper json;
  private final HttpClient client;
  private final AtomicInteger turn = new AtomicInteger();

  public HttpSteering(List<URI> urls, JsonMapper json, InstantSource time) {
    this.replicas =
        urls.stream().map(url -> new Replica(rankings(url), new Breaker(PAUSE, time))).toList();
    this.json = json;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(500))
            .build();
  }

  @Override
  public Answer rank(RankingRequest request) {
    byte[] body = json.writeValueAsBytes(request);
    int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, replicas.size()));
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get((first + i) % replicas.size());
      if (replica.breaker().mayAsk()) {
        try {
          Ranking ranking = ask(replica.url(), body);
          replica.breaker().answered();
          return new Answer.Decided(ranking);
        } catch (IOException | JacksonException | IllegalArgumentException failure) {
          if (Thread.currentThread().isInterrupted()) {
            // Our own end says nothing of a replica.
            return new Answer.Away();
          }
          replica.breaker().failed();
          LOG.warn("steering={} event=no-answer cause=\"{}\"", replica.url(), failure.toString());
        }
      }
    }
    return new Answer.Away();
  }

  private Ranking ask(URI url, byte[] body) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      // Waited for here, because a request's own timeout ends with the headers.
      HttpResponse<byte[]> answer = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("status is " + answer.statusCode() + " (expected: 200)");
      }
      return json.readValue(answer.body(), Ranking.class);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no whole answer within " + TIMEOUT);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interruption);
    } finally {
      exchange.cancel(true);
    }
  }

  private static URI rankings(URI url) {
    String text = url.toString();
    return URI.create(
        (text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
            + "/internal/v1/rankings");
  }

  private record Replica(URI url, Breaker breaker) {}
}
