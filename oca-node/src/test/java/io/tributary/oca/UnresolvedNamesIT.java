package io.tributary.oca;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.backends.ServiceProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node while nobody knows where its control plane is, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andCallsOnceThereIsOne() throws Exception {
    Files.writeString(folder.resolve("token"), "one-time");
    Path authority = authority();
    try (ServerSocket door = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.2"));
        ServiceProcess node =
            new ServiceProcess(
                OcaNodeApplication.class,
                "--server.port=0",
                "--oca.serve.port=0",
                "--oca.node-id=node-1",
                "--oca.endpoint=http://127.0.0.1:1",
                "--oca.state-directory=" + folder.resolve("state"),
                "--oca.enrolment-token-file=" + folder.resolve("token"),
                "--oca.control-plane.max-retry-wait=1s",
                "--oca.control-plane.ca-file=" + authority,
                "--oca.control-plane.urls=https://door.test:" + door.getLocalPort())) {
      node.awaitReady();
      node.awaitLog("heartbeat=failed");

      node.hosts("127.0.0.2 door.test");
      door.setSoTimeout(60_000);
      try (Socket caller = door.accept()) {
        byte[] hello = new byte[8_192];
        // What TLS begins with names, in the clear, whom the caller wants.
        assertThat(new String(hello, 0, caller.getInputStream().read(hello), US_ASCII))
            .contains("door.test");
      }
    }
  }

  /** Whose certificates the node would believe: anybody's will do. */
  private Path authority() throws Exception {
    Path store = folder.resolve("authority.p12");
    Path pem = folder.resolve("authority.pem");
    keytool(store, "-genkeypair", "-dname", "CN=authority", "-keyalg", "EC", "-ext", "bc:c");
    keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
    return pem;
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "authority", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", "changeit"));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
