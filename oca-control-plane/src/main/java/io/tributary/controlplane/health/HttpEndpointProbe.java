package io.tributary.controlplane.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tributary.contracts.media.HealthAnswer;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeEndpoint;
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
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link EndpointProbe} by {@code GET /healthz}, which a node that serves answers with 200 and its
 * own id: players send media tokens to where a node says it is, so no other's address may pass for
 * its own.
 *
 * <p>Nodes from before {@link HealthAnswer#NODE_HEADER} do not name themselves. Their answer counts
 * if it is one in every other respect, which a foreign host's is not.
 */
public final class HttpEndpointProbe implements EndpointProbe, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** A node's is a few bytes. */
  private static final long MAX_ANSWER_BYTES = 4 * 1024;

  /**
   * Every answer of a media door lets any page see its timing; hardly another health check's does.
   */
  private static final String TIMING_HEADER = "Timing-Allow-Origin";

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpointProbe.class);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  @Override
  public List<NodeEndpoint> reached(String nodeId, List<NodeEndpoint> endpoints) {
    return endpoints.stream().filter(endpoint -> answers(nodeId, endpoint)).toList();
  }

  private boolean answers(String nodeId, NodeEndpoint endpoint) {
    try {
      CompletableFuture<HttpResponse<String>> exchange =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + HealthAnswer.PATH)).build(),
              BodyHandlers.limiting(BodyHandlers.ofString(US_ASCII), MAX_ANSWER_BYTES));
      try {
        // Waited for here, because a request's own timeout ends with the headers.
        return isOf(nodeId, endpoint, exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
      } finally {
        exchange.cancel(true);
      }
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      LOG.debug("endpoint={} event=not-reached", endpoint.baseUrl(), e);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
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
  }
}
