package io.tributary.ctl;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON to and from {@code /admin/v1}: every answer that is no success, and every missing one, is an
 * {@link AdminException}. Nothing is repeated here. Blocking; safe for use by many threads.
 */
final class AdminConnection {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** A list of this many pages is more than a person reads; then the door is not making sense. */
  private static final int MAX_PAGES = 10_000;

  /** Far above a page of the longest list. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String base;
  private final String authorization;

  AdminConnection(URI url, String token) {
    String scheme = url.getScheme();
    if (url.getHost() == null || scheme == null || !scheme.matches("https?")) {
      throw new IllegalArgumentException(
          "url is " + url + " (expected: http or https, a host and a port)");
    }
    this.base = url.toString().replaceAll("/+$", "") + "/admin/v1";
    this.authorization = "Bearer " + token.strip();
  }

  <T> T get(String path, Class<T> type) {
    return read(exchange(request(path).GET().build(), ANSWER), type);
  }

  <T> T post(String path, @Nullable Object body, Class<T> type) {
    return read(exchange(withBody("POST", path, body), ANSWER), type);
  }

  <T> T put(String path, @Nullable Object body, Class<T> type) {
    return read(exchange(withBody("PUT", path, body), ANSWER), type);
  }

  void put(String path, @Nullable Object body) {
    var _ = exchange(withBody("PUT", path, body), ANSWER);
  }

  void delete(String path) {
    var _ = exchange(request(path).DELETE().build(), ANSWER);
  }

  /** Sends bytes that are opened once the connection wants them. */
  void putBytes(String path, Supplier<InputStream> content, long bytes, Duration within) {
    BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), bytes);
    HttpRequest request =
        request(path).header("Content-Type", "application/octet-stream").PUT(body).build();
    var _ = exchange(request, within);
  }

  /** Every page of {@code {"<name>": […], "nextCursor": …}}; a list without pages is one page. */
  <T> List<T> list(String path, String name, Class<T> type) {
    JavaType listType = json.getTypeFactory().constructCollectionType(List.class, type);
    List<T> all = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode answer = get(paged(path, cursor), JsonNode.class);
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
    throw notUnderstood(path + " has no last page", null);
  }

  /** An id as a part of a path. */
  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static AdminException notUnderstood(String detail, @Nullable Exception cause) {
    return new AdminException("about:blank", 0, detail, false, cause);
  }

  static AdminException noAnswer(String detail, Throwable cause) {
    return new AdminException(AdminException.NO_ANSWER, 0, detail, true, cause);
  }

  static String words(Throwable e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is mostly empty
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", authorization)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpRequest withBody(String method, String path, @Nullable Object body) {
    if (body == null) {
      return request(path).method(method, BodyPublishers.noBody()).build();
    }
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
        .build();
  }

  /**
   * The answer's body if it is a success.
   *
   * @param within from the call to the body's last byte: a request's own timeout ends with the
   *     headers
   */
  private byte[] exchange(HttpRequest request, Duration within) {
    String door = request.uri().getAuthority();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    HttpResponse<byte[]> response;
    try {
      response = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw noAnswer(door + " gave no answer within " + within.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof AdminException refused) {
        throw refused;
      }
      throw noAnswer(door + " gave no answer: " + words(cause), cause);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted while waiting for " + door, e);
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

  private static String paged(String path, @Nullable String cursor) {
    return cursor == null
        ? path
        : path + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }
}
