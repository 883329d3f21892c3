package io.tributary.oca.heartbeat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.zip.GZIPOutputStream;

/**
 * A call's body, and how it is sent to a control plane that inflates, and to one that does not. For
 * one call of one thread.
 */
final class RequestBody {
  static final String GZIP = "gzip";

  /** Of a call without one. */
  static final RequestBody NONE = new RequestBody(new byte[0]);

  /** What fits one packet with its headers gains nothing by being smaller. */
  static final int WORTH_BYTES = 512;

  private final byte[] plain;
  private byte[] compressed = new byte[0];

  private RequestBody(byte[] plain) {
    this.plain = plain;
  }

  static RequestBody of(byte[] plain) {
    return new RequestBody(plain);
  }

  /** Puts it into a request. */
  void send(HttpRequest.Builder request, String method, boolean inflates) throws IOException {
    if (plain.length == 0) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else if (inflates && plain.length >= WORTH_BYTES) {
      request
          .header("Content-Encoding", GZIP)
          .method(method, HttpRequest.BodyPublishers.ofByteArray(compressed()));
    } else {
      request.method(method, HttpRequest.BodyPublishers.ofByteArray(plain));
    }
  }

  private byte[] compressed() throws IOException {
    if (compressed.length == 0) {
      var bytes = new ByteArrayOutputStream(plain.length);
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(plain);
      }
      compressed = bytes.toByteArray();
    }
    return compressed;
  }
}
