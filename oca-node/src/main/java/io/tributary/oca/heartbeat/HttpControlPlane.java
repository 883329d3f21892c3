package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.contracts.node.Revocations;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The node door over HTTPS, with this node's certificate. A control plane that does not answer, or
 * answers that it cannot, is left for the next of the list, which then is asked first.
 *
 * <p>Safe for use by many threads.
 */
public final class HttpControlPlane implements ControlPlane {
  /** A page of a plan or an inventory is under 256 KiB; sources of 500 files a few hundred. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  private final ControlPlaneConfig config;
  private final JsonMapper json;
  private final AtomicInteger current = new AtomicInteger();
  private volatile @Nullable HttpClient http;

  /** Calls nobody before {@link #become}. */
  public HttpControlPlane(ControlPlaneConfig config, JsonMapper json) {
    this.config = config;
    this.json = json;
  }

  /**
   * Whether anybody can be believed.
   *
   * @throws IOException if the authority's file has no certificate; names the setting
   */
  public void checkAuthority() throws IOException {
    SettingFile file =
        new SettingFile(
            "oca.control-plane.ca-file", config.caFile(), "the authority's certificate in PEM");
    try {
      NodeKeys.certificates(file.text());
    } catch (GeneralSecurityException e) {
      throw file.unusable("it has no certificate");
    }
  }

  @Override
  public void become(@Nullable Identity identity) throws IOException {
    HttpClient before = http;
    try {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(config.connectTimeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(NodeKeys.tls(Files.readString(config.caFile()), identity))
              .build();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
    if (before != null) {
      // Calls that run go on; it ends by itself when they have.
      before.shutdown();
    }
  }

  @Override
  public NodeCertificate enrol(EnrolmentRequest request) throws IOException, InterruptedException {
    return call("POST", "/oca/v1/enrolments", request, NodeCertificate.class);
  }

  @Override
  public NodeCertificate renew(RenewalRequest request) throws IOException, InterruptedException {
    return call("POST", "/oca/v1/certificates", request, NodeCertificate.class);
  }

  @Override
  public HeartbeatAnswer heartbeat(Heartbeat heartbeat) throws IOException, InterruptedException {
    return call("POST", "/oca/v1/heartbeats", heartbeat, HeartbeatAnswer.class);
  }

  @Override
  public NodeConfig config() throws IOException, InterruptedException {
    return call("GET", "/oca/v1/config", null, NodeConfig.class);
  }

  @Override
  public Plan plan(@Nullable String cursor) throws IOException, InterruptedException {
    String query =
        cursor == null ? "" : "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return call("GET", "/oca/v1/plan" + query, null, Plan.class);
  }

  @Override
  public Revocations revocations() throws IOException, InterruptedException {
    return call("GET", "/oca/v1/revocations", null, Revocations.class);
  }

  @Override
  public Sources sources(SourcesRequest request) throws IOException, InterruptedException {
    return call("POST", "/oca/v1/sources", request, Sources.class);
  }

  @Override
  public void inventory(Inventory page) throws IOException, InterruptedException {
    exchange("PUT", "/oca/v1/inventory", page);
  }

  @Override
  public void corruption(CorruptionReport report) throws IOException, InterruptedException {
    exchange("POST", "/oca/v1/corruptions", report);
  }

  @Override
  public void close() {
    HttpClient open = http;
    if (open != null) {
      open.shutdownNow();
    }
  }

  private <T> T call(String method, String path, @Nullable Object body, Class<T> type)
      throws IOException, InterruptedException {
    byte[] answer = exchange(method, path, body);
    T value;
    try {
      value = json.readValue(answer, type);
    } catch (JacksonException e) {
      throw new IOException(path(path) + " answered no " + type.getSimpleName(), e);
    }
    if (value == null) {
      throw new IOException(path(path) + " answered nothing");
    }
    return value;
  }

  private byte[] exchange(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpClient open = http;
    List<URI> urls = config.urls();
    if (open == null) {
      throw new IOException("this node has not said yet who it is");
    }
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    IOException last = new IOException("no control plane");
    int first = current.get();
    for (int i = 0; i < urls.size(); i++) {
      int index = Math.floorMod(first + i, urls.size());
      URI url = URI.create(withoutSlash(urls.get(index).toString()) + path);
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, application/problem+json")
              .method(method, publisher)
              .build();
      try {
        HttpResponse<byte[]> response = send(open, request);
        current.set(index);
        if (response.statusCode() / 100 == 2) {
          return response.body();
        }
        last = refused(response, path);
        if (response.statusCode() < 500) {
          throw last;
        }
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        last = new IOException(urls.get(index).getAuthority() + ": " + e, e);
      }
    }
    throw last;
  }

  /** Waits for the whole answer itself, because a request's own timeout ends with the headers. */
  private HttpResponse<byte[]> send(HttpClient open, HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        open.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      return exchange.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + config.requestTimeout());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    } finally {
      exchange.cancel(true);
    }
  }

  private RefusedException refused(HttpResponse<byte[]> response, String path) {
    String detail = "";
    try {
      Problem problem = json.readValue(response.body(), Problem.class);
      if (problem != null && problem.detail() != null) {
        detail = ": " + problem.detail();
      }
    } catch (JacksonException e) {
      detail = "";
    }
    return new RefusedException(
        response.statusCode(), path(path) + " answered " + response.statusCode() + detail);
  }

  /** The part of problem+json that is for people. */
  private record Problem(@Nullable String detail) {}

  private static String path(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
