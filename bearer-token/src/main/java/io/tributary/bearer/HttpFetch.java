package io.tributary.bearer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches JWK sets with the JDK's client. */
final class HttpFetch implements RemoteKeys.Fetch {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /** Of a whole answer. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /** Thirty-two RSA keys with certificate chains fit. */
  private static final long MAX_BYTES = 256 * 1024;

  // Redirects are not followed: keys come from where the operator said, or not at all.
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Duration answerTimeout;

  HttpFetch(Duration answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  @Override
  public String fetch(URI jwks) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            HttpRequest.newBuilder(jwks)
                .header("Accept", "application/jwk-set+json, application/json")
                .build(),
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES));
    try {
      // Waited for here, because a request's own timeout ends with the headers.
      HttpResponse<String> answer = exchange.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("status is " + answer.statusCode() + " (expected: 200)");
      }
      return answer.body();
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no whole answer within " + answerTimeout);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    } finally {
      exchange.cancel(true);
    }
  }
}
