package io.tributary.fleet.door;

import io.tributary.contracts.api.CreatePlayback;
import io.tributary.contracts.api.PlayManifest;
import io.tributary.contracts.api.Playback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public API as one viewer sees it, as far as the launcher needs it. Safe for use by many
 * threads.
 */
public final class PublicDoor {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final String baseUrl;
  private final String token;

  /**
   * A door.
   *
   * @param baseUrl of the gateway
   * @param token of the viewer
   */
  public PublicDoor(HttpClient http, String baseUrl, String token) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /**
   * Asks to play a title.
   *
   * @throws DoorException if the viewer may not, or cannot now
   */
  public Playback createPlayback(String titleId) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/api/v1/playbacks"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    JSON.writeValueAsString(new CreatePlayback(titleId, List.of()))))
            .build();
    return send(request, Playback.class);
  }

  /** What a play's package is made of. */
  public PlayManifest manifest(Playback playback) throws IOException, InterruptedException {
    URI url = URI.create(playback.manifests().play());
    return send(HttpRequest.newBuilder(url).timeout(TIMEOUT).build(), PlayManifest.class);
  }

  private <T> T send(HttpRequest request, Class<T> type) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new DoorException(response.statusCode(), words(response));
    }
    try {
      return JSON.readValue(response.body(), type);
    } catch (JacksonException e) {
      throw new IOException("the public door's answer is no " + type.getSimpleName(), e);
    }
  }

  private static String words(HttpResponse<String> response) {
    try {
      JsonNode problem = JSON.readTree(response.body());
      String detail = problem.path("detail").asString("");
      if (!detail.isEmpty()) {
        return detail;
      }
    } catch (JacksonException e) {
      // Not a problem document: the status must do.
    }
    return "the public door answered " + response.statusCode();
  }
}
