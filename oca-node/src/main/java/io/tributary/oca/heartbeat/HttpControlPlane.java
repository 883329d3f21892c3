package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.contracts.node.Revocations;
import io.tributary.contracts.node.Routes;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.oca.heartbeat.DoorAddresses.Place;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The node door over HTTPS, with this node's certificate. A control plane that does not answer, or
 * answers that it cannot, is left for the next address, which then is asked first. At each address
 * it is expected under the name of the settings.
 *
 * <p>Safe for use by many threads.
 */
public final class HttpControlPlane implements ControlPlane {
  /** A page of a plan or an inventory is under 256 KiB; sources of 500 files a few hundred. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  /** The JDK's client lets one do so where a property allowed it before it was used first. */
  private static final boolean MAY_SET_HOST = maySetHost();

  private static final Pattern SECONDS = Pattern.compile("\\d{1,3}");

  private final ControlPlaneConfig config;
  private final JsonMapper json;
  private final DoorAddresses door;

  /** Those that said that they take compressed bodies, of the addresses that there are now. */
  private final Set<Place> inflating = ConcurrentHashMap.newKeySet();

  /** One a host, each of which expects its host's certificate; none before {@link #become}. */
  private volatile Map<String, HttpClient> http = Map.of();

  /** Calls nobody before {@link #become}. */
  public HttpControlPlane(ControlPlaneConfig config, JsonMapper json) {
    this(config, json, InetAddress::getAllByName);
  }

  HttpControlPlane(ControlPlaneConfig config, JsonMapper json, DoorAddresses.Resolver resolver) {
    this.config = config;
    this.json = json;
    this.door = new DoorAddresses(config.urls(), config.connectTimeout(), resolver);
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
    Map<String, HttpClient> before = http;
    Map<String, HttpClient> made = new HashMap<>();
    try {
      SSLContext tls = NodeKeys.tls(Files.readString(config.caFile()), identity);
      config.urls().forEach(url -> made.computeIfAbsent(url.getHost(), host -> client(tls, host)));
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
    http = made;
    // Calls that run go on; they end by themselves when they have.
    before.values().forEach(HttpClient::shutdown);
  }

  private HttpClient client(SSLContext tls, String host) {
    SSLParameters parameters = new SSLParameters();
    if (!isLiteral(host)) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(config.connectTimeout())
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(tls)
        .sslParameters(parameters)
        .build();
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
  public void routes(Routes page) throws IOException, InterruptedException {
    exchange("PUT", "/oca/v1/routes", page);
  }

  @Override
  public void inventory(InventoryChanges changes) throws IOException, InterruptedException {
    exchange("PATCH", "/oca/v1/inventory", changes);
  }

  @Override
  public void corruption(CorruptionReport report) throws IOException, InterruptedException {
    exchange("POST", "/oca/v1/corruptions", report);
  }

  @Override
  public void close() {
    http.values().forEach(HttpClient::shutdownNow);
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
    Map<String, HttpClient> open = http;
    List<Place> places = door.inTurn();
    if (open.isEmpty()) {
      throw new IOException("this node has not said yet who it is");
    }
    if (places.isEmpty()) {
      throw new IOException(
          "oca.control-plane.urls are "
              + config.urls()
              + " (expected: one at least that resolves)");
    }
    inflating.retainAll(places);
    RequestBody sent =
        body == null ? RequestBody.NONE : RequestBody.of(json.writeValueAsBytes(body));
    IOException last = new IOException("no control plane");
    for (Place place : places) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(place.at(path))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, application/problem+json");
      sent.send(request, method, inflating.contains(place));
      if (MAY_SET_HOST) {
        request.header("Host", place.url().getRawAuthority());
      }
      try {
        HttpResponse<byte[]> response =
            send(
                Objects.requireNonNull(open.get(place.url().getHost()), "one a host"),
                request.build());
        door.answered(place);
        note(place, response);
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
        if (last instanceof RefusedException refused && refused.retryAfter().isPositive()) {
          continue;
        }
        last =
            new IOException(
                place.url().getAuthority() + " at " + place.address().getHostAddress() + ": " + e,
                e);
      }
    }
    throw last;
  }

  /** Whether to compress from now on: an older control plane does not say that it inflates. */
  private void note(Place place, HttpResponse<byte[]> response) {
    boolean inflates =
        response.headers().allValues("Accept-Encoding").stream()
            .anyMatch(value -> value.contains(RequestBody.GZIP));
    if (inflates) {
      inflating.add(place);
    } else {
      inflating.remove(place);
    }
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
        response.statusCode(),
        path(path) + " answered " + response.statusCode() + detail,
        retryAfter(response));
  }

  /**
   * In whole seconds, as our control planes say it; what is longer than any of its waits is none.
   */
  private static Duration retryAfter(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Integer.parseInt(value)))
        .orElse(Duration.ZERO);
  }

  /** The part of problem+json that is for people. */
  private record Problem(@Nullable String detail) {}

  private static String path(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
  }

  private static boolean isLiteral(String host) {
    try {
      InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
      return true;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  private static boolean maySetHost() {
    try {
      HttpRequest.newBuilder().header("Host", "door");
      return true;
    } catch (IllegalArgumentException restricted) {
      return false;
    }
  }
}
