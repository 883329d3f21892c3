package io.tributary.controlplane.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tributary.contracts.media.HealthAnswer;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link EndpointProbe} by a connection within half a second, and then {@code GET /healthz}, which
 * a node that serves answers within another half with 200 and its own id: players send media tokens
 * to where a node says it is, so no other's address may pass for its own.
 *
 * <p>Nodes from before {@link HealthAnswer#NODE_HEADER} do not name themselves. Their answer counts
 * if it is one in every other respect, which a foreign host's is not.
 */
public final class HttpEndpointProbe implements EndpointProbe, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  /**
   * A lost first packet is sent again only after a second (RFC 6298), so another connection is
   * tried: what loses one packet of twenty loses both of one probe of four hundred.
   */
  private static final Duration SECOND_TRY_AFTER = Duration.ofMillis(250);

  private static final Duration ANSWER_TIMEOUT = LONGEST.minus(CONNECT_TIMEOUT);

  /** A node's is a few bytes. */
  private static final long MAX_ANSWER_BYTES = 4 * 1024;

  /**
   * Every answer of a media door lets any page see its timing; hardly another health check's does.
   */
  private static final String TIMING_HEADER = "Timing-Allow-Origin";

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpointProbe.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  @Override
  public List<ProbeOutcome> tried(String nodeId, List<NodeEndpoint> endpoints) {
    List<Future<ProbeOutcome>> tries =
        endpoints.stream()
            .map(endpoint -> threads.submit(() -> outcome(nodeId, endpoint)))
            .toList();
    return tries.stream().map(HttpEndpointProbe::outcome).toList();
  }

  private static ProbeOutcome outcome(Future<ProbeOutcome> bounded) {
    try {
      return bounded.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ProbeOutcome.REFUSED;
    }
  }

  private ProbeOutcome outcome(String nodeId, NodeEndpoint endpoint) {
    try {
      URI url = URI.create(endpoint.baseUrl() + HealthAnswer.PATH);
      connect(endpoint);
      return ask(nodeId, endpoint, url);
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      LOG.debug("endpoint={} event=not-reached", endpoint.baseUrl(), e);
      return ProbeOutcome.REFUSED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ProbeOutcome.REFUSED;
    }
  }

  /**
   * Connects and says nothing. Apart from the question, because the client asks over a connection
   * that it has kept if it has one, and nobody takes that one.
   */
  private void connect(NodeEndpoint endpoint)
      throws ExecutionException, TimeoutException, InterruptedException {
    threads.invokeAny(
        List.of(
            () -> connect(endpoint, CONNECT_TIMEOUT),
            () -> {
              Thread.sleep(SECOND_TRY_AFTER);
              return connect(endpoint, CONNECT_TIMEOUT.minus(SECOND_TRY_AFTER));
            }),
        CONNECT_TIMEOUT.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static NodeEndpoint connect(NodeEndpoint endpoint, Duration timeout) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()), (int) timeout.toMillis());
      return endpoint;
    }
  }

  private ProbeOutcome ask(String nodeId, NodeEndpoint endpoint, URI url)
      throws ExecutionException, InterruptedException {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            HttpRequest.newBuilder(url).build(),
            BodyHandlers.limiting(BodyHandlers.ofString(US_ASCII), MAX_ANSWER_BYTES));
    try {
      // Waited for here, because a request's own timeout ends with the headers.
      return isOf(nodeId, endpoint, exchange.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
          ? ProbeOutcome.ANSWERED
          : ProbeOutcome.REFUSED;
    } catch (TimeoutException e) {
      LOG.debug("endpoint={} event=not-answered", endpoint.baseUrl(), e);
      return ProbeOutcome.ACCEPTED;
    } finally {
      exchange.cancel(true);
    }
  }

  private static boolean isOf(String nodeId, NodeEndpoint endpoint, HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      return false;
    }
    Optional<String> named = answer.headers().firstValue(HealthAnswer.NODE_HEADER);
    boolean isIt = named.map(nodeId::equals).orElseGet(() -> isOfOlderNode(answer));
    if (!isIt) {
      LOG.debug(
          "node={} endpoint={} event=another-answers named={}",
          nodeId,
          endpoint.baseUrl(),
          named.filter(each -> each.matches(PackageRef.ID_PATTERN)).orElse("nobody"));
    }
    return isIt;
  }

  private static boolean isOfOlderNode(HttpResponse<String> answer) {
    return answer.body().equals(HealthAnswer.BODY)
        && answer.headers().firstValue(TIMING_HEADER).filter("*"::equals).isPresent();
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
