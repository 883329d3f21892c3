package io.tributary.oca.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A node door of few words: whoever shows a certificate is told the revocations, all others 401,
 * and everybody the time, which may be a wrong one.
 */
public final class SampleDoor implements AutoCloseable {
  private final SSLServerSocket listener;
  private final Duration ahead;
  private final int status;

  /**
   * Opens.
   *
   * @param ahead of the true time
   * @param status that known nodes are answered with
   */
  public SampleDoor(SSLContext tls, Duration ahead, int status) throws IOException {
    listener =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
    listener.setWantClientAuth(true);
    this.ahead = ahead;
    this.status = status;
    Thread.ofPlatform().daemon().name("sample-door").start(this::accept);
  }

  /** For a node's settings. */
  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        SSLSocket caller = (SSLSocket) listener.accept();
        Thread.startVirtualThread(() -> answer(caller));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void answer(SSLSocket caller) {
    try (caller) {
      caller.startHandshake();
      HttpHead.read(caller.getInputStream());
      boolean isKnown = isKnown(caller);
      String body =
          isKnown && status == 200
              ? "{\"revocationVersion\":1,\"playbackIds\":[]}"
              : "{\"detail\":\"" + (isKnown ? "not now" : "no certificate was shown") + "\"}";
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
      caller
          .getOutputStream()
          .write(
              ("HTTP/1.1 "
                      + (isKnown ? status : 401)
                      + " x\r\nDate: "
                      + date
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\nConnection: close\r\n\r\n"
                      + body)
                  .getBytes(ISO_8859_1));
    } catch (IOException e) {
      // The caller did not like the certificate.
    }
  }

  private static boolean isKnown(SSLSocket caller) {
    try {
      return caller.getSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
