package io.tributary.controlplane.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An authority's key store as operators make it: with the JDK's keytool. */
public final class TestAuthority {
  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /** Makes one in an empty folder. */
  public static TestAuthority in(Path folder) throws IOException, InterruptedException {
    TestAuthority made = new TestAuthority(folder);
    Files.writeString(folder.resolve("password"), "changeit\n");
    made.keytool("-genkeypair -alias authority -dname CN=authority -ext bc:c -validity 30");
    made.keytool("-genkeypair -alias node-door -dname CN=door -validity 30");
    made.keytool("-certreq -alias node-door -file " + folder.resolve("door.csr"));
    made.keytool(
        "-gencert -rfc -alias authority -ext san=ip:127.0.0.1 -ext eku=serverAuth -validity 30"
            + (" -infile " + folder.resolve("door.csr"))
            + (" -outfile " + folder.resolve("door.pem")));
    made.keytool("-importcert -noprompt -alias node-door -file " + folder.resolve("door.pem"));
    return made;
  }

  /** The settings that name it. */
  public AuthorityConfig config() {
    return new AuthorityConfig(
        folder.resolve("authority.p12"), folder.resolve("password"), Duration.ofDays(7));
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments.split(" ", -1)));
    if (arguments.startsWith("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    command.addAll(List.of("-keystore", config().keyStoreFile().toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
