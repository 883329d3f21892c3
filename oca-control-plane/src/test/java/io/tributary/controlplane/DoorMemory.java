package io.tributary.controlplane;

import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.NodeDoorConfig;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.TestAuthority;
import java.lang.ref.Reference;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.startup.Tomcat;

/**
 * What an open connection of the node door takes of the heap: {@code DoorMemory CONNECTIONS}. Its
 * clients, which each send one request and keep the connection, are another process. No test: it
 * prints a figure for docs/operations.md.
 */
final class DoorMemory {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: door\r\n\r\n";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private DoorMemory() {}

  public static void main(String[] arguments) throws Exception {
    int connections = Integer.parseInt(arguments[0]);
    if (arguments.length > 1) {
      connect(connections, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    Path folder = Files.createTempDirectory("door");
    NodeDoor door =
        new NodeDoor(
            new NodeDoorConfig(
                "127.0.0.1",
                0,
                connections + 10,
                NodeDoorConfig.DEFAULTS.maxHandshakes(),
                NodeDoorConfig.DEFAULTS.maxInWork(),
                NodeDoorConfig.DEFAULTS.retrySpread()),
            AuthorityKeys.open(TestAuthority.in(folder).config()),
            ThreadLocalRandom::current);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(door.connector());
    tomcat.addContext("", null);
    tomcat.start();
    // What is made once, for the first of them.
    client(1, folder, door.port()).destroy();
    long before = HeapUse.bytes();
    Process clients = client(connections, folder, door.port());
    long with = HeapUse.bytes();
    System.out.printf(
        "connections=%d bytes=%d bytesAConnection=%d%n",
        door.connections(), with - before, (with - before) / connections);
    clients.destroy();
    tomcat.stop();
  }

  /** Started, and waited for until all of its connections were answered. */
  private static Process client(int connections, Path folder, int port) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DoorMemory.class.getName(),
                Integer.toString(connections),
                folder.resolve("authority.p12").toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '+') {
      throw new IllegalStateException("not every connection was answered");
    }
    return process;
  }

  private static void connect(int connections, Path store, int port) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    KeyStore authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry("authority", keys.getCertificate("authority"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(authority);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    Socket[] open = new Socket[connections];
    for (int i = 0; i < connections; i++) {
      open[i] = tls.getSocketFactory().createSocket("127.0.0.1", port);
      open[i].getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      if (open[i].getInputStream().read() != 'H') {
        throw new IllegalStateException("no answer");
      }
    }
    System.out.print("+");
    System.out.flush();
    try {
      // Until it is ended.
      Thread.sleep(Long.MAX_VALUE);
    } finally {
      Reference.reachabilityFence(open);
    }
  }
}
