package io.tributary.controlplane.health;

import io.tributary.contracts.node.NodeEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link EndpointProbe} by {@code GET /healthz}, which a node that serves answers with 200. */
public final class HttpEndpointProbe implements EndpointProbe, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** A node's is a few bytes. */
  private static final long MAX_ANSWER_BYTES = 4 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpointProbe.class);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  @Override
  public List<NodeEndpoint> reached(List<NodeEndpoint> endpoints) {
    return endpoints.stream().filter(this::answers).toList();
  }

  private boolean answers(NodeEndpoint endpoint) {
    try {
      CompletableFuture<HttpResponse<Void>> exchange =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + "/healthz")).build(),
              BodyHandlers.limiting(BodyHandlers.discarding(), MAX_ANSWER_BYTES));
      try {
        // Waited for here, because a request's own timeout ends with the headers.
        return exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() == 200;
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

  @Override
  public void close() {
    client.shutdownNow();
  }
}
