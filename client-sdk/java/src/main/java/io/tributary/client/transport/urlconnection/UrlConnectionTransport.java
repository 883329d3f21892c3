package io.tributary.client.transport.urlconnection;

import io.tributary.client.transport.Transport;
import io.tributary.client.transport.TransportRequest;
import io.tributary.client.transport.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with {@link HttpURLConnection}. Connections are kept alive in the platform's own
 * pool, which all plays of a process share.
 *
 * <p>What it cannot do: bound the time of a DNS look-up, and keep the platform from sending a
 * request a second time when a pooled connection turns out to be closed; so every request of this
 * SDK is safe to repeat.
 */
public final class UrlConnectionTransport implements Transport {
  @Override
  public TransportResponse send(TransportRequest request) throws IOException {
    URLConnection opened = request.uri().toURL().openConnection();
    if (!(opened instanceof HttpURLConnection connection)) {
      throw new IOException("the platform does not speak " + request.uri().getScheme());
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setAllowUserInteraction(false);
    connection.setConnectTimeout(request.connectMillis());
    connection.setReadTimeout(request.silenceMillis());
    connection.setRequestMethod(request.method());
    // Android asks for gzip by itself, and would then hide Content-Length.
    connection.setRequestProperty("Accept-Encoding", "identity");
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    try {
      if (!"GET".equals(request.method())) {
        // Also without a body: some servers want a Content-Length of 0 then.
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
          body.write(request.body().getBytes(StandardCharsets.UTF_8));
        }
      }
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("the answer is not HTTP");
      }
      return new Answer(connection, status);
    } catch (IOException | RuntimeException failed) {
      connection.disconnect();
      throw failed;
    }
  }

  private record Answer(HttpURLConnection connection, int status) implements TransportResponse {
    @Override
    public @Nullable String header(String name) {
      return connection.getHeaderField(name);
    }

    @Override
    public InputStream body() throws IOException {
      InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      return body == null ? new ByteArrayInputStream(new byte[0]) : body;
    }

    @Override
    public void close() {
      try {
        body().close();
      } catch (IOException broken) {
        connection.disconnect();
      }
    }

    @Override
    public void abandon() {
      connection.disconnect();
    }
  }
}
