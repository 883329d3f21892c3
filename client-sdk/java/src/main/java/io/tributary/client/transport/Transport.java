package io.tributary.client.transport;

import java.io.IOException;

/**
 * Sends requests. Implementations follow no redirects, keep no cookies, cache nothing, decode
 * nothing, and are safe for use by many threads.
 */
@FunctionalInterface
public interface Transport {
  /**
   * Sends the request and waits for the answer's status and headers.
   *
   * @throws java.net.SocketTimeoutException when a deadline of the request has passed
   * @throws IOException when the peer cannot be reached or breaks off
   */
  TransportResponse send(TransportRequest request) throws IOException;
}
