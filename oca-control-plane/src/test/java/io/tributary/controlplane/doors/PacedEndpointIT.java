package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The node door's listener over real sockets, with room for two handshakes at a time. */
@Timeout(60)
class PacedEndpointIT {
  private static final int PLACES = 2;
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: door\r\n\r\n";

  @TempDir static Path folder;
  private static NodeDoor door;
  private static Tomcat tomcat;
  private static SSLContext tls;

  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void openDoor() throws Exception {
    AuthorityKeys keys = AuthorityKeys.open(TestAuthority.in(folder).config());
    door =
        new NodeDoor(
            new NodeDoorConfig("127.0.0.1", 0, 100, PLACES, 16, Duration.ofSeconds(1)),
            keys,
            () -> new Random(1));
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(door.connector());
    tomcat.addContext("", null);
    tomcat.start();
    KeyStore authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry("authority", keys.store().getCertificate("authority"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(authority);
    tls = SSLContext.getInstance("TLS");
    tls.init(null, trusted.getTrustManagers(), null);
  }

  @AfterAll
  static void closeDoor() throws Exception {
    tomcat.stop();
  }

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Else the door would slow down for good once so many nodes are in. */
  @Test
  void whoeverHasShakenHandsTakesNoPlaceAnyMore() throws Exception {
    for (int i = 0; i < 5 * PLACES; i++) {
      askOver(secured());
    }

    awaitRest();
  }

  @Test
  void strangersWhoSayNothingKeepPlaces_andCloseTheDoorToNobody() throws Exception {
    for (int i = 0; i < 5 * PLACES; i++) {
      open.add(new Socket(InetAddress.getLoopbackAddress(), door.port()));
    }
    await(() -> door.handshakes() == PLACES);

    askOver(secured());

    assertEquals(PLACES, door.handshakes());
  }

  @Test
  void strangersWhoLeaveGiveTheirPlacesBack() throws Exception {
    for (int i = 0; i < 5 * PLACES; i++) {
      open.add(new Socket(InetAddress.getLoopbackAddress(), door.port()));
    }
    await(() -> door.handshakes() == PLACES);

    leave();

    awaitRest();
    askOver(secured());
    awaitRest();
  }

  @Test
  void whatIsNoHandshakeGivesItsPlaceBack() throws Exception {
    for (int i = 0; i < 5 * PLACES; i++) {
      Socket stranger = new Socket(InetAddress.getLoopbackAddress(), door.port());
      open.add(stranger);
      stranger.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      // Until the door has closed it, whatever it said.
      stranger.setSoTimeout(10_000);
      stranger.getInputStream().readAllBytes();
    }

    awaitRest();
    askOver(secured());
    awaitRest();
  }

  /** What is closed is put away for another connection, whose place is not its own. */
  @Test
  void whoeverLeavesWhileTheNextIsWaitedForTakesNobodysPlace() throws Exception {
    for (int i = 0; i < 5 * PLACES; i++) {
      askOver(secured());
      leave();
    }

    await(() -> door.connections() <= 1);
    awaitRest();
  }

  private Socket secured() throws IOException {
    Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", door.port());
    open.add(socket);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Its connection stays open. */
  private static void askOver(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    assertEquals('H', socket.getInputStream().read());
  }

  /** Nobody's handshake is under way; one place may be kept for whoever comes next. */
  private static void awaitRest() throws InterruptedException {
    await(() -> door.handshakes() <= 1);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() < end,
          () -> door.handshakes() + " handshakes, " + door.connections() + " connections");
      Thread.sleep(5);
    }
  }
}
