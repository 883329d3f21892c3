package io.tributary.fleet.door;

import io.tributary.contracts.admin.Account;
import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.AdminTitlePage;
import io.tributary.contracts.admin.CreateEnrolmentToken;
import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin door over HTTP. */
public final class HttpAdminDoor implements AdminDoor {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A part of a source is written to the object store before it is answered. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http;
  private final String baseUrl;
  private final String token;

  private record Nodes(List<NodeView> nodes) {}

  /**
   * A door.
   *
   * @param baseUrl of the gateway's admin listener
   * @param token of an operator
   */
  public HttpAdminDoor(HttpClient http, String baseUrl, String token) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.token = token;
  }

  @Override
  public void putNetwork(String networkId, PutNetwork network)
      throws IOException, InterruptedException {
    send("PUT", "/networks/" + encode(networkId), json(network));
  }

  @Override
  public void putSite(String siteId, PutSite site) throws IOException, InterruptedException {
    send("PUT", "/sites/" + encode(siteId), json(site));
  }

  @Override
  public EnrolmentToken enrolmentToken(String nodeId, String siteId)
      throws IOException, InterruptedException {
    return read(
        send("POST", "/enrolment-tokens", json(new CreateEnrolmentToken(nodeId, siteId))),
        EnrolmentToken.class);
  }

  @Override
  public List<NodeView> nodes() throws IOException, InterruptedException {
    return read(send("GET", "/nodes", null), Nodes.class).nodes();
  }

  @Override
  public Optional<PackageView> packageView(String titleId, String packageVersion)
      throws IOException, InterruptedException {
    try {
      return Optional.of(
          read(
              send("GET", "/packages/" + encode(titleId) + "/" + encode(packageVersion), null),
              PackageView.class));
    } catch (DoorException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<AdminTitle> titles() throws IOException, InterruptedException {
    List<AdminTitle> titles = new ArrayList<>();
    String cursor = "";
    do {
      AdminTitlePage page = read(send("GET", "/titles" + cursor, null), AdminTitlePage.class);
      titles.addAll(page.titles());
      String next = page.nextCursor();
      cursor = next == null ? "" : "?cursor=" + encode(next);
    } while (!cursor.isEmpty());
    return titles;
  }

  @Override
  public boolean accountExists(String accountId) throws IOException, InterruptedException {
    try {
      return read(send("GET", "/accounts/" + encode(accountId), null), Account.class)
          .id()
          .equals(accountId);
    } catch (DoorException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void putAccount(String accountId, PutAccount account)
      throws IOException, InterruptedException {
    send("PUT", "/accounts/" + encode(accountId), json(account));
  }

  @Override
  public Ingest createIngest(CreateIngest ingest) throws IOException, InterruptedException {
    return read(send("POST", "/ingests", json(ingest)), Ingest.class);
  }

  @Override
  public void putPart(String ingestId, int number, byte[] bytes)
      throws IOException, InterruptedException {
    send(
        "PUT",
        "/ingests/" + encode(ingestId) + "/parts/" + number,
        BodyPublishers.ofByteArray(bytes));
  }

  @Override
  public Ingest completeIngest(String ingestId) throws IOException, InterruptedException {
    String answer =
        send("POST", "/ingests/" + encode(ingestId) + "/complete", BodyPublishers.noBody());
    return answer.isBlank() ? ingest(ingestId) : read(answer, Ingest.class);
  }

  @Override
  public Ingest ingest(String ingestId) throws IOException, InterruptedException {
    return read(send("GET", "/ingests/" + encode(ingestId), null), Ingest.class);
  }

  private String send(String method, String path, @Nullable BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/admin/v1" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header(
                "Content-Type",
                path.contains("/parts/") ? "application/octet-stream" : "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : body)
            .build();
    HttpResponse<String> response;
    try {
      response = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException("the admin door at " + baseUrl + " does not answer (" + e + ")", e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new DoorException(response.statusCode(), words(response));
    }
    return response.body();
  }

  private static String words(HttpResponse<String> response) {
    try {
      JsonNode problem = JSON.readTree(response.body());
      String detail = problem.path("detail").asString("");
      String title = problem.path("title").asString("");
      if (!detail.isEmpty() || !title.isEmpty()) {
        return detail.isEmpty() ? title : detail;
      }
    } catch (JacksonException e) {
      // Not a problem document: the status must do.
    }
    return response.request().method()
        + " "
        + response.request().uri().getPath()
        + " was answered "
        + response.statusCode();
  }

  private static BodyPublisher json(Object value) {
    return BodyPublishers.ofString(JSON.writeValueAsString(value));
  }

  private static <T> T read(String json, Class<T> type) throws IOException {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException e) {
      throw new IOException("the admin door's answer is no " + type.getSimpleName(), e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
