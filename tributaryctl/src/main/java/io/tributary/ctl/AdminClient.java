package io.tributary.ctl;

import io.tributary.contracts.admin.Account;
import io.tributary.contracts.admin.AccountPage;
import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.AdminTitlePage;
import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.admin.PutTitle;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.media.PackageRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin door of a fleet, {@code /admin/v1}, as Java methods. Blocking; safe for use by many
 * threads. Every method throws {@link AdminException} and nothing else when the door refuses or
 * does not answer; an interrupted thread stays interrupted and gets the same.
 *
 * <p>Calls that are safe to repeat are: everything but {@link #createIngest} and {@link
 * #createEnrolmentToken}. Nothing is repeated here but the parts of {@link #ingestFile}.
 */
public final class AdminClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** A part of 16 MiB over a line of 1 Mbit/s. */
  private static final Duration PART = Duration.ofMinutes(3);

  /** A list of this many pages is more than a person reads; then the door is not making sense. */
  private static final int MAX_PAGES = 10_000;

  /** How often one part is sent before the upload gives up. */
  private static final int PART_ATTEMPTS = 4;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String base;
  private final String authorization;

  /**
   * Makes a client; connects at the first call.
   *
   * @param url of the admin door, e.g. {@code http://127.0.0.1:20090}
   * @param token a bearer token with the role {@code operator} or {@code admin}
   * @throws IllegalArgumentException if {@code url} is no http or https URL
   */
  public AdminClient(URI url, String token) {
    String scheme = url.getScheme();
    if (url.getHost() == null || scheme == null || !scheme.matches("https?")) {
      throw new IllegalArgumentException(
          "url is " + url + " (expected: http or https, a host and a port)");
    }
    this.base = url.toString().replaceAll("/+$", "") + "/admin/v1";
    this.authorization = "Bearer " + token.strip();
  }

  // Titles and accounts

  /** Every title, by id. */
  public List<AdminTitle> titles() {
    List<AdminTitle> all = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      AdminTitlePage next = get(paged("/titles", cursor), AdminTitlePage.class);
      all.addAll(next.titles());
      cursor = next.nextCursor();
      if (cursor == null) {
        return all;
      }
    }
    throw endless("/titles");
  }

  /** One title. */
  public AdminTitle title(String titleId) {
    return get("/titles/" + segment(titleId), AdminTitle.class);
  }

  /** Changes a title that an ingest made. */
  public void putTitle(String titleId, PutTitle title) {
    send("PUT", "/titles/" + segment(titleId), title);
  }

  /** Every account, by id. */
  public List<Account> accounts() {
    List<Account> all = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      AccountPage next = get(paged("/accounts", cursor), AccountPage.class);
      all.addAll(next.accounts());
      cursor = next.nextCursor();
      if (cursor == null) {
        return all;
      }
    }
    throw endless("/accounts");
  }

  /** One account. */
  public Account account(String accountId) {
    return get("/accounts/" + segment(accountId), Account.class);
  }

  /** Makes an account, or replaces what it may play. */
  public void putAccount(String accountId, PutAccount account) {
    send("PUT", "/accounts/" + segment(accountId), account);
  }

  /** Ends an account. */
  public void deleteAccount(String accountId) {
    send("DELETE", "/accounts/" + segment(accountId), null);
  }

  // Networks, sites, nodes and packages

  /** Every network. */
  public List<Network> networks() {
    return list("/networks", "networks", Network.class);
  }

  /** One network. */
  public Network network(String networkId) {
    return get("/networks/" + segment(networkId), Network.class);
  }

  /** Makes or changes a network. */
  public void putNetwork(String networkId, PutNetwork network) {
    send("PUT", "/networks/" + segment(networkId), network);
  }

  /** Every site. */
  public List<Site> sites() {
    return list("/sites", "sites", Site.class);
  }

  /** One site. */
  public Site site(String siteId) {
    return get("/sites/" + segment(siteId), Site.class);
  }

  /** Makes or changes a site. */
  public void putSite(String siteId, PutSite site) {
    send("PUT", "/sites/" + segment(siteId), site);
  }

  /** Lets one node join once; whoever has the answer's token may become this node. */
  public EnrolmentToken createEnrolmentToken(CreateEnrolmentToken wanted) {
    return post("/enrolment-tokens", wanted, EnrolmentToken.class);
  }

  /** Every node. */
  public List<NodeView> nodes() {
    return list("/nodes", "nodes", NodeView.class);
  }

  /** One node. */
  public NodeView node(String nodeId) {
    return get("/nodes/" + segment(nodeId), NodeView.class);
  }

  /** Every package. */
  public List<PackageView> packages() {
    return list("/packages", "packages", PackageView.class);
  }

  /** Where one package is. */
  public PackageView packageView(PackageRef ref) {
    return get("/packages/" + ref.path(), PackageView.class);
  }

  // Ingests

  /** Announces a source; its bytes follow as parts. */
  public Ingest createIngest(CreateIngest wanted) {
    return post("/ingests", wanted, Ingest.class);
  }

  /**
   * Sends one part; safe to repeat.
   *
   * @param part from 1
   * @param file the source
   * @param offset where the part begins in it
   * @param bytes how long the part is
   */
  public void uploadPart(String ingestId, int part, Path file, long offset, long bytes) {
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> open(file, offset, bytes)), bytes);
    HttpRequest request =
        request("/ingests/" + segment(ingestId) + "/parts/" + part, PART)
            .header("Content-Type", "application/octet-stream")
            .PUT(body)
            .build();
    var _ = exchange(request);
  }

  /** Every part is there: transcoding may begin. */
  public Ingest completeIngest(String ingestId) {
    byte[] body = exchange(withBody("POST", "/ingests/" + segment(ingestId) + "/complete", null));
    // Whether the door answers 202 with a body is its own business.
    return body.length == 0 ? ingest(ingestId) : read(body, Ingest.class);
  }

  /** How far an ingest is. */
  public Ingest ingest(String ingestId) {
    return get("/ingests/" + segment(ingestId), Ingest.class);
  }

  /**
   * Announces and uploads a whole file: create, every part in order, complete. A part that fails on
   * its way is sent again, four times in all.
   *
   * @param titleId of a new title, or of one that gets a new package
   * @param name for people; null for the title's id
   * @param file the source, at least one byte
   * @param progress hears of each part
   * @return the ingest, on its way from {@code queued}
   */
  public Ingest ingestFile(
      String titleId, @Nullable String name, Path file, UploadProgress progress) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Ingest ingest =
        createIngest(new CreateIngest(titleId, name, String.valueOf(file.getFileName()), bytes));
    if (ingest.partBytes() < 1) {
      throw notUnderstood("partBytes is " + ingest.partBytes() + " (expected: at least 1)", null);
    }
    long sent = 0;
    for (int part = 1; sent < bytes; part++) {
      long length = Math.min(ingest.partBytes(), bytes - sent);
      uploadPatiently(ingest.ingestId(), part, file, sent, length);
      sent += length;
      progress.sent(sent, bytes);
    }
    return completeIngest(ingest.ingestId());
  }

  /**
   * Waits until an ingest is published or has failed, asking once every {@code interval}.
   *
   * @param heard hears every answer, the last too
   * @return the ingest in state {@code published} or {@code failed}
   */
  public Ingest awaitIngest(String ingestId, Duration interval, Consumer<Ingest> heard) {
    while (true) {
      Ingest ingest = ingest(ingestId);
      heard.accept(ingest);
      if (ingest.state() == IngestState.PUBLISHED || ingest.state() == IngestState.FAILED) {
        return ingest;
      }
      pause(interval);
    }
  }

  // How it talks

  private void uploadPatiently(String ingestId, int part, Path file, long offset, long length) {
    for (int attempt = 1; ; attempt++) {
      try {
        uploadPart(ingestId, part, file, offset, length);
        return;
      } catch (AdminException e) {
        if (attempt == PART_ATTEMPTS
            || !e.isRetryable()
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        pause(Duration.ofMillis(500L * attempt));
      }
    }
  }

  private <T> T get(String path, Class<T> type) {
    return read(exchange(request(path, ANSWER).GET().build()), type);
  }

  private <T> T post(String path, Object body, Class<T> type) {
    return read(exchange(withBody("POST", path, body)), type);
  }

  private void send(String method, String path, @Nullable Object body) {
    var _ = exchange(withBody(method, path, body));
  }

  /** Every page of {@code {"<name>": […], "nextCursor": …}}; a list without pages is one page. */
  private <T> List<T> list(String path, String name, Class<T> type) {
    JavaType listType = json.getTypeFactory().constructCollectionType(List.class, type);
    List<T> all = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      byte[] body = exchange(request(paged(path, cursor), ANSWER).GET().build());
      JsonNode answer = read(body, JsonNode.class);
      JsonNode items = answer.path(name);
      if (!items.isArray()) {
        throw notUnderstood(name + " is missing in the answer of " + path, null);
      }
      try {
        List<T> converted = json.convertValue(items, listType);
        all.addAll(converted);
      } catch (JacksonException e) {
        throw notUnderstood(path + ": " + e.getOriginalMessage(), e);
      }
      JsonNode next = answer.path("nextCursor");
      if (!next.isString()) {
        return all;
      }
      cursor = next.asString();
    }
    throw endless(path);
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(timeout)
        .header("Authorization", authorization)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpRequest withBody(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request = request(path, ANSWER);
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
        .build();
  }

  /** The answer's body if it is a success. */
  private byte[] exchange(HttpRequest request) {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw noAnswer(request.uri().getAuthority() + " gave no answer: " + words(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted while waiting for " + request.uri().getAuthority(), e);
    }
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      return response.body();
    }
    throw refusal(request, response);
  }

  private AdminException refusal(HttpRequest request, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    try {
      JsonNode problem = json.readTree(response.body());
      if (problem.path("type").isString()) {
        String title = problem.path("title").asString("");
        return new AdminException(
            problem.path("type").asString(),
            status,
            problem.path("detail").asString(title),
            problem.path("retryable").asBoolean(false),
            null);
      }
    } catch (JacksonException _) {
      // No JSON: a proxy's page, say. The status is all there is.
    }
    return new AdminException(
        "about:blank",
        status,
        request.method() + " " + request.uri().getPath() + " was answered with " + status,
        status >= 500,
        null);
  }

  private <T> T read(byte[] body, Class<T> type) {
    T value;
    try {
      value = json.readValue(body, type);
    } catch (JacksonException e) {
      throw notUnderstood(
          "the answer is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
    if (value == null) {
      throw notUnderstood("the answer is null", null);
    }
    return value;
  }

  private static InputStream open(Path file, long offset, long bytes) {
    try {
      return new FileSlice(file, offset, bytes);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted while waiting", e);
    }
  }

  private static String paged(String path, @Nullable String cursor) {
    return cursor == null
        ? path
        : path + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  private static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String words(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is mostly empty
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static AdminException endless(String path) {
    return notUnderstood(path + " has no last page", null);
  }

  private static AdminException unreadable(Path file, IOException e) {
    return new AdminException("about:blank", 0, file + " cannot be read: " + words(e), false, e);
  }

  private static AdminException noAnswer(String detail, Exception cause) {
    return new AdminException(AdminException.NO_ANSWER, 0, detail, true, cause);
  }

  private static AdminException notUnderstood(String detail, @Nullable Exception cause) {
    return new AdminException("about:blank", 0, detail, false, cause);
  }
}
