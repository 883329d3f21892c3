package io.tributary.client.transport;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request to send.
 *
 * @param method {@code GET}, {@code POST} or {@code PUT}
 * @param uri absolute, {@code http} or {@code https}
 * @param headers by name
 * @param body JSON; empty for none
 * @param connectMillis how long connecting may take
 * @param silenceMillis how long the peer may send nothing, before the first byte and between two
 *     reads
 */
public record TransportRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    String body,
    int connectMillis,
    int silenceMillis) {
  public TransportRequest {
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      // Not the whole URI: its path may carry a token.
      throw new IllegalArgumentException(
          "uri's scheme is " + scheme + " (expected: http or https, and a host)");
    }
    if (connectMillis < 1 || silenceMillis < 1) {
      throw new IllegalArgumentException(
          "deadlines are " + connectMillis + ", " + silenceMillis + " (expected: 1 ms or more)");
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
