package io.tributary.playback.plays;

import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.playback.breaker.Breaker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Steering's replicas over HTTP, taken in turn; the next one is asked when one fails. One that
 * failed is left alone for {@link #PAUSE}, so that a frozen replica costs few plays a second.
 *
 * <p>Each address of a URL's host is a replica. It is asked at its address and under the host's
 * name, in the {@code Host} header as in TLS.
 */
public final class HttpSteering implements Steering {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSteering.class);

  /** Steering decides from memory in a millisecond or so; a second means that it does not. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Eight nodes are some KiB. */
  private static final long MAX_ANSWER_BYTES = 64 * 1024;

  private static final String RESTRICTED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

  /** The JDK's client lets one do so where a property allowed it before it was used first. */
  private static final boolean MAY_SET_HOST = maySetHost();

  private final List<URI> urls;
  private final HostAddresses addresses;
  private final JsonMapper json;
  private final InstantSource time;
  private final Map<URI, HttpClient> clients;
  private final Map<Replica, Breaker> breakers = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * Asks nobody yet.
   *
   * @param urls without a path
   * @param addresses of these URLs' hosts
   */
  public HttpSteering(
      List<URI> urls, HostAddresses addresses, JsonMapper json, InstantSource time) {
    this.urls = List.copyOf(urls);
    this.addresses = addresses;
    this.json = json;
    this.time = time;
    HttpClient plain = client().build();
    this.clients =
        urls.stream()
            .distinct()
            .collect(Collectors.toMap(url -> url, url -> isTlsOfAName(url) ? named(url) : plain));
    if (!MAY_SET_HOST) {
      LOG.warn("event=steering-asked-without-its-name (expected: -D{}=host)", RESTRICTED_HEADERS);
    }
  }

  @Override
  public Answer rank(RankingRequest request) {
    byte[] body = json.writeValueAsBytes(request);
    List<Replica> replicas = replicas();
    breakers.keySet().retainAll(replicas);
    int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, replicas.size()));
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get((first + i) % replicas.size());
      Breaker breaker = breakers.computeIfAbsent(replica, made -> new Breaker(PAUSE, time));
      if (breaker.mayAsk()) {
        try {
          Ranking ranking = ask(replica, body);
          breaker.answered();
          return new Answer.Decided(ranking);
        } catch (IOException | JacksonException | IllegalArgumentException failure) {
          if (Thread.currentThread().isInterrupted()) {
            // Our own end says nothing of a replica.
            return new Answer.Away();
          }
          breaker.failed();
          LOG.warn(
              "steering={} address={} event=no-answer cause=\"{}\"",
              replica.url(),
              replica.address().getHostAddress(),
              failure.toString());
        }
      }
    }
    return new Answer.Away();
  }

  private Ranking ask(Replica replica, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(replica.rankings())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    if (MAY_SET_HOST) {
      request.header("Host", replica.url().getRawAuthority());
    }
    HttpClient client = Objects.requireNonNull(clients.get(replica.url()), "one a URL");
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
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

  private List<Replica> replicas() {
    return urls.stream()
        .flatMap(url -> addresses.of(url).stream().map(address -> new Replica(url, address)))
        .toList();
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofMillis(500));
  }

  /** One that expects the name's certificate from each of its addresses. */
  private static HttpClient named(URI url) {
    SSLParameters parameters = new SSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(url.getHost())));
    return client().sslParameters(parameters).build();
  }

  private static boolean isTlsOfAName(URI url) {
    return url.getScheme().equals("https") && HostAddresses.literal(url.getHost()).isEmpty();
  }

  private static boolean maySetHost() {
    try {
      HttpRequest.newBuilder().header("Host", "steering");
      return true;
    } catch (IllegalArgumentException restricted) {
      return false;
    }
  }

  private record Replica(URI url, InetAddress address) {
    URI rankings() {
      try {
        return new URI(
            url.getScheme(),
            null,
            address.getHostAddress(),
            url.getPort(),
            "/internal/v1/rankings",
            null,
            null);
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
