package io.tributary.bearer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fetches JWK sets with the JDK's client. */
final class HttpFetch implements RemoteKeys.Fetch {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /** Thirty-two RSA keys with certificate chains fit. */
  private static final long MAX_BYTES = 256 * 1024;

  // Redirects are not followed: keys come from where the operator said, or not at all.
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public String fetch(URI jwks) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(jwks)
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/jwk-set+json, application/json")
                .build(),
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES));
    if (answer.statusCode() != 200) {
      throw new IOException("status is " + answer.statusCode() + " (expected: 200)");
    }
    return answer.body();
  }
}
