package io.tributary.oca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.oca.check.SampleAuthority;
import io.tributary.oca.check.SampleDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Debian package, as Debian's own tools take it. Run by {@code mvn -Pdeb}; what this machine
 * cannot do is said, not passed over.
 */
class DebianPackageIT {
  private static final Path DEB = Path.of(System.getProperty("debian.package", "unset"));

  @Nested
  class Unpacked {
    private final Path root;
    private final Path control;

    Unpacked(@TempDir Path directory) throws Exception {
      root = directory.resolve("root");
      control = directory.resolve("control");
      Command.run("dpkg-deb", "-x", DEB.toString(), root.toString());
      Command.run("dpkg-deb", "-e", DEB.toString(), control.toString());
    }

    @Test
    void itSaysWhatItIs() throws Exception {
      assertThat(Command.run("dpkg-deb", "-f", DEB.toString()))
          .contains("Package: oca-node\n", "Architecture: all\n", "Recommends: temurin-25-jre")
          .doesNotContain("Homepage: ");
      String version = Command.run("dpkg-deb", "-f", DEB.toString(), "Version").strip();
      assertThat(
              Command.run("zcat", root.resolve("usr/share/doc/oca-node/changelog.gz").toString()))
          .startsWith("oca-node (" + version + ") ");
    }

    @Test
    void itHoldsTheWholeClassPathAndNativesOfBothArchitectures() throws Exception {
      List<String> jars;
      try (Stream<Path> files = Files.list(root.resolve("usr/lib/tributary/oca-node"))) {
        jars = files.map(file -> file.getFileName().toString()).toList();
      }
      List<String> needed =
          Stream.of(Files.readString(Path.of("target/runtime-classpath")).split(":", -1))
              .map(jar -> Path.of(jar).getFileName().toString())
              .filter(jar -> !jar.matches(".*-(osx|windows)-.*|netty-codec-native-quic-.*"))
              .toList();

      assertThat(jars).containsAll(needed).hasSize(needed.size() + 1);
      assertThat(jars)
          .filteredOn(jar -> jar.startsWith("netty-transport-native-epoll-"))
          .extracting(jar -> jar.replaceFirst(".*-linux", "linux"))
          .containsExactlyInAnyOrder("linux-x86_64.jar", "linux-aarch_64.jar");
    }

    @Test
    void onlyTheSettingsAreTheAdministrators() throws Exception {
      assertThat(Files.readString(control.resolve("conffiles")))
          .isEqualTo("/etc/tributary/oca-node.env\n");
      assertThat(mode("etc/tributary/oca-node.env")).isEqualTo("rw-r--r--");
      assertThat(mode("usr/bin/oca-node")).isEqualTo("rwxr-xr-x");
      assertThat(mode("usr/lib/systemd/system/oca-node.service")).isEqualTo("rw-r--r--");
    }

    private String mode(String file) throws IOException {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file)));
    }

    @Test
    void lintianFindsNothing(TestReporter reporter) throws Exception {
      if (!Command.isThere("lintian")) {
        throw notRun(reporter, "there is no lintian (Debian: apt-get install lintian)");
      }
      assertThat(Command.run("lintian", "--allow-root", "--fail-on", "warning", DEB.toString()))
          .isEmpty();
    }
  }

  /** The command, with something in Java's place that tells how it was called. */
  @Nested
  class TheCommand {
    private final Path java;
    private final Path settings;
    private final Path command;

    TheCommand(@TempDir Path directory) throws Exception {
      // Its user has no right to what JUnit makes.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path root = directory.resolve("root");
      Command.run("dpkg-deb", "-x", DEB.toString(), root.toString());
      command = root.resolve("usr/bin/oca-node");
      settings = directory.resolve("oca-node.env");
      java = directory.resolve("java");
      Files.createDirectories(java.resolve("bin"));
      Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
      Path program = java.resolve("bin/java");
      Files.writeString(program, "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\nenv\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void readsSettingsAsTheyStand() throws Exception {
      Files.writeString(
          settings,
          """
          # A remark
          OCA_NODEID=node-1
          \tOCA_ENDPOINT=http://a:1#b\s\s
          OCA_STORE_DIRECTORY="/srv/a b"
          OCA_STATEDIRECTORY='$HOME/`id`'
          JAVA_OPTIONS=-Xmx99m -Dx=y
          """);
      Result result = call(Map.of("OCA_NODEID", "nearer"), "check", "--json");

      assertThat(result.lines())
          .contains(
              "OCA_NODEID=nearer",
              "OCA_ENDPOINT=http://a:1#b",
              "OCA_STORE_DIRECTORY=/srv/a b",
              "OCA_STATEDIRECTORY=$HOME/`id`",
              "<-Xmx99m>",
              "<-Dx=y>");
      assertThat(result.lines())
          .containsSequence("<io.tributary.oca.OcaNodeApplication>", "<check>", "<--json>");
    }

    @Test
    void runsTheNodeWithoutTheWord() throws Exception {
      Files.writeString(settings, "");

      assertThat(call(Map.of(), "run", "--oca.node-id=x").lines())
          .containsSequence("<io.tributary.oca.OcaNodeApplication>", "<--oca.node-id=x>");
    }

    @Test
    void refusesALineThatIsNoSetting() throws Exception {
      Files.writeString(settings, "OCA_NODEID=a\nOCA_ENDPOINT http://a\n");
      Result result = call(Map.of(), "check");

      assertThat(result.status()).isEqualTo(78);
      assertThat(result.lines())
          .containsExactly(
              "oca-node: "
                  + settings
                  + " line 2 is OCA_ENDPOINT http://a (expected: NAME=VALUE, or # and a remark)");
    }

    @Test
    void refusesAJavaThatIsTooOld() throws Exception {
      Files.writeString(settings, "");
      Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");

      assertThat(call(Map.of(), "run"))
          .isEqualTo(
              new Result(
                  78,
                  List.of(
                      "oca-node: JAVA_HOME is "
                          + java
                          + ", of version 21 (expected: the folder of a Java 25 or later)")));
    }

    @Test
    void saysHowItIsUsed() throws Exception {
      assertThat(call(Map.of(), "--help").lines()).first().asString().startsWith("Usage: oca-node");
      assertThat(call(Map.of(), "chekc").status()).isEqualTo(2);
    }

    @Test
    void isCleanShell(TestReporter reporter) throws Exception {
      if (!Command.isThere("shellcheck")) {
        throw notRun(reporter, "there is no shellcheck (Debian: apt-get install shellcheck)");
      }
      assertThat(Command.run("shellcheck", command.toString())).isEmpty();
    }

    private Result call(Map<String, String> environment, String... arguments) throws Exception {
      List<String> whole = new ArrayList<>();
      if (Command.isRoot()) {
        // Root would become the node's user, who is not on this machine.
        whole.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      }
      whole.addAll(List.of("sh", command.toString()));
      whole.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
      builder.environment().put("TRIBUTARY_NODE_SETTINGS", settings.toString());
      builder.environment().put("JAVA_HOME", java.toString());
      builder.environment().putAll(environment);
      Process process = builder.start();
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      return new Result(process.waitFor(), lines);
    }

    private record Result(int status, List<String> lines) {}
  }

  /** Under a systemd of its own: each step is one that an operator takes. */
  @Nested
  class Installed {
    private static final String UNIT = "oca-node.service";
    private static final String SETTINGS = "/etc/tributary/oca-node.env";
    private static final String STATE = "/var/lib/tributary/oca-node";
    private static final String COPY = "/var/cache/oca-node.deb";
    private static final String NEXT = "/var/cache/next";
    private static final String LOG = "/var/log/oca-node.log";

    private final Path directory;

    Installed(@TempDir Path directory) {
      this.directory = directory;
    }

    @Test
    void aNodesLife(TestReporter reporter) throws Exception {
      Instant now = Instant.now();
      SampleAuthority authority = new SampleAuthority("authority");
      try (SystemdMachine machine = SystemdMachine.boot(directory.resolve("machine"));
          SampleDoor door =
              new SampleDoor(
                  authority.door("127.0.0.1", now.minusSeconds(60), now.plusSeconds(864_000)),
                  Duration.ZERO,
                  200)) {
        // Not in /tmp, where a systemd may mount another.
        machine.run("cp", DEB.toString(), COPY);
        machine.run("dpkg", "--install", COPY);
        isInstalledAndNotStarted(machine);
        isHardened(machine, reporter);
        int managementPort = freePort();
        isFilledInAndChecked(machine, door, authority, managementPort);
        runsAsTheUnitSays(machine, managementPort);
        comesBackWhenKilled(machine, managementPort);
        isUpgraded(machine, managementPort);
        stops(machine);
        isRemovedAndPurged(machine);
      } catch (SystemdMachine.UnavailableException e) {
        throw notRun(reporter, String.valueOf(e.getMessage()));
      }
    }

    private void isInstalledAndNotStarted(SystemdMachine machine) throws Exception {
      assertThat(machine.run("stat", "-c", "%U %G %a", STATE)).isEqualTo("oca-node oca-node 700\n");
      assertThat(machine.outcome("systemctl", "is-enabled", UNIT).output()).isEqualTo("disabled\n");
      assertThat(machine.outcome("systemctl", "is-active", UNIT).output()).isEqualTo("inactive\n");
      // Not filled in: told as a whole, and in words.
      Command.Outcome check = machine.outcome("env", java(), "oca-node", "check");
      assertThat(check.status()).isEqualTo(1);
      assertThat(check.output())
          .contains(
              "FAILED   settings         oca.node-id is not set",
              "its environment variable is OCA_ENDPOINT",
              "FAILED   authority        /etc/tributary/authority.pem is not there",
              "FAILED   certificate      not enrolled yet, and oca.enrolment-token-file"
                  + " /etc/tributary/oca-node.enrolment-token is not there",
              "FAILED   egress           not tried: oca.control-plane.urls tell no door",
              "disk             " + STATE + "/store (to be made in " + STATE + "): ");
    }

    private void isHardened(SystemdMachine machine, TestReporter reporter) throws Exception {
      String unit = "/usr/lib/systemd/system/" + UNIT;
      assertThat(machine.run("systemd-analyze", "verify", "--man=no", unit)).isEmpty();
      String security =
          machine.run("systemd-analyze", "security", "--offline=yes", "--threshold=20", unit);
      reporter.publishEntry("systemd-analyze security", security.lines().toList().getLast());
    }

    private void isFilledInAndChecked(
        SystemdMachine machine, SampleDoor door, SampleAuthority authority, int managementPort)
        throws Exception {
      int mediaPort = freePort();
      machine.write("/etc/tributary/authority.pem", authority.pem());
      machine.write("/var/cache/token", "one-time-token\n");
      machine.run(
          "install",
          "--mode=0400",
          "--owner=oca-node",
          "--group=oca-node",
          "/var/cache/token",
          "/etc/tributary/oca-node.enrolment-token");
      machine.write(
          SETTINGS,
          machine
              .run("cat", SETTINGS)
              .replace("#OCA_NODEID=node-1", "OCA_NODEID=node-7")
              .replaceFirst("#OCA_ENDPOINT=.*", "OCA_ENDPOINT=http://127.0.0.1:" + mediaPort)
              .replaceFirst("#OCA_CONTROLPLANE_URLS=.*", "OCA_CONTROLPLANE_URLS=" + door.url())
              .replaceFirst("OCA_SERVE_PORT=.*", "OCA_SERVE_PORT=" + mediaPort)
              .replaceFirst("SERVER_PORT=9090", "SERVER_PORT=" + managementPort)
              .replaceFirst("OCA_STORE_MAXBYTES=.*", "OCA_STORE_MAXBYTES=1000000000")
              .replaceFirst("#JAVA_HOME=.*", java()));
      String check = machine.run("oca-node", "check", "--json");

      JsonNode report = JsonMapper.builder().build().readTree(check);
      assertThat(report.get("nodeId").asString()).isEqualTo("node-7");
      // Loopback for everyone.
      assertThat(report.get("checks"))
          .filteredOn(finding -> !finding.get("verdict").asString().equals("ok"))
          .singleElement()
          .asString()
          .startsWith("{\"check\":\"endpoint\",\"verdict\":\"warning\"");
      assertThat(machine.run("ls", "-A", STATE)).isEmpty();
    }

    private void runsAsTheUnitSays(SystemdMachine machine, int managementPort) throws Exception {
      machine.run("mkdir", "-p", "/etc/systemd/system/oca-node.service.d");
      machine.write(
          "/etc/systemd/system/oca-node.service.d/log.conf",
          "[Service]\nStandardOutput=append:" + LOG + "\nStandardError=append:" + LOG + "\n");
      machine.run("systemctl", "daemon-reload");
      machine.run("systemctl", "enable", "--now", UNIT);
      isHealthy(managementPort, machine);

      String pid = pid(machine);
      assertThat(machine.run("stat", "-c", "%U", "/proc/" + pid)).isEqualTo("oca-node\n");
      assertThat(machine.run("cat", "/proc/" + pid + "/comm")).isEqualTo("java\n");
      assertThat(machine.run("cat", "/proc/" + pid + "/status"))
          .contains("NoNewPrivs:\t1\n", "Seccomp:\t2\n", "CapEff:\t0000000000000400\n");
      assertThat(machine.run("cat", LOG)).contains("epoll=true");
      assertThat(machine.run("stat", "-c", "%U %a", STATE + "/pending-key.json"))
          .isEqualTo("oca-node 600\n");
      assertThat(checkedInService(machine))
          .contains("is held by this node, which runs", "leads back here", " 0 failed\n");
    }

    /** Nobody tells this one of withdrawals: it is in service ten seconds after its start. */
    private String checkedInService(SystemdMachine machine) throws Exception {
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      String check;
      do {
        check = machine.outcome("oca-node", "check").output();
      } while (check.contains("is not in service") && System.nanoTime() < end);
      return check;
    }

    private void comesBackWhenKilled(SystemdMachine machine, int managementPort) throws Exception {
      String before = pid(machine);
      machine.run("kill", "-9", before);
      awaitAnother(machine, before);
      isHealthy(managementPort, machine);
    }

    private void isUpgraded(SystemdMachine machine, int managementPort) throws Exception {
      String settings = machine.run("cat", SETTINGS);
      String key = machine.run("cat", STATE + "/pending-key.json");
      String before = pid(machine);
      machine.run("mkdir", NEXT);
      machine.run("dpkg-deb", "--raw-extract", COPY, NEXT);
      machine.run("sed", "-i", "s/^Version: .*/Version: 9.9/", NEXT + "/DEBIAN/control");
      // Its settings changed on both sides: the administrator's stay.
      machine.run("sed", "-i", "$ a # New in 9.9", NEXT + SETTINGS);
      machine.run("dpkg-deb", "--build", "-Znone", NEXT, NEXT + ".deb");
      machine.run("dpkg", "--force-confold", "--install", NEXT + ".deb");

      assertThat(machine.run("dpkg-query", "-W", "-f", "${Version}", "oca-node")).isEqualTo("9.9");
      assertThat(machine.run("cat", SETTINGS)).isEqualTo(settings);
      assertThat(machine.run("cat", SETTINGS + ".dpkg-dist")).endsWith("# New in 9.9\n");
      assertThat(machine.run("cat", STATE + "/pending-key.json")).isEqualTo(key);
      assertThat(machine.run("systemctl", "is-active", UNIT)).isEqualTo("active\n");
      isHealthy(managementPort, machine);
      assertThat(pid(machine)).isNotEqualTo(before);
    }

    private void stops(SystemdMachine machine) throws Exception {
      long begun = System.nanoTime();
      machine.run("systemctl", "stop", UNIT);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      assertThat(machine.run("systemctl", "show", "--property=Result,ActiveState", UNIT))
          .contains("Result=success\n", "ActiveState=inactive\n");
      assertThat(machine.run("cat", LOG)).contains("node=stopped");

      // What cannot start is not started again and again.
      machine.write(
          SETTINGS, machine.run("cat", SETTINGS).replaceAll("JAVA_HOME=.*", "JAVA_HOME=/nowhere"));
      machine.run("systemctl", "start", UNIT);
      Thread.sleep(Duration.ofSeconds(1));
      assertThat(machine.run("systemctl", "show", "--property=ExecMainStatus,ActiveState", UNIT))
          .contains("ExecMainStatus=78\n", "ActiveState=failed\n");
      assertThat(machine.run("cat", LOG)).contains("oca-node: JAVA_HOME is /nowhere");
      machine.write(SETTINGS, machine.run("cat", SETTINGS).replaceAll("JAVA_HOME=.*", java()));
      machine.run("systemctl", "start", UNIT);
    }

    private void isRemovedAndPurged(SystemdMachine machine) throws Exception {
      String pid = pid(machine);
      machine.run("dpkg", "--remove", "oca-node");
      assertThat(machine.outcome("test", "-e", "/proc/" + pid).status()).isEqualTo(1);
      assertThat(machine.outcome("test", "-e", "/usr/bin/oca-node").status()).isEqualTo(1);
      assertThat(
              machine
                  .outcome("test", "-e", "/etc/systemd/system/multi-user.target.wants/" + UNIT)
                  .status())
          .isEqualTo(1);
      machine.run("test", "-e", SETTINGS);
      machine.run("test", "-e", STATE + "/pending-key.json");

      machine.run("dpkg", "--purge", "oca-node");
      assertThat(machine.outcome("test", "-e", SETTINGS).status()).isEqualTo(1);
      assertThat(machine.outcome("test", "-e", "/var/lib/tributary").status()).isEqualTo(1);
      // A store elsewhere is still his.
      machine.run("id", "oca-node");
    }

    private static String java() {
      return "JAVA_HOME=" + System.getProperty("java.home");
    }

    private static int freePort() throws IOException {
      try (ServerSocket free = new ServerSocket(0)) {
        return free.getLocalPort();
      }
    }

    private static String pid(SystemdMachine machine) throws Exception {
      return machine.run("systemctl", "show", "--property=MainPID", "--value", UNIT).strip();
    }

    private static void awaitAnother(SystemdMachine machine, String pid) throws Exception {
      for (int i = 0; i < 100; i++) {
        String now = pid(machine);
        if (!now.equals(pid) && !now.equals("0")) {
          return;
        }
        Thread.sleep(200);
      }
      throw new AssertionError("not started again: " + machine.run("cat", LOG));
    }

    /** Its management listener is on this machine's network. */
    private static void isHealthy(int port, SystemdMachine machine) throws Exception {
      URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health");
      for (int i = 0; i < 150; i++) {
        try (InputStream answer = health.toURL().openStream()) {
          assertThat(new String(answer.readAllBytes(), UTF_8)).contains("UP");
          return;
        } catch (IOException e) {
          Thread.sleep(200);
        }
      }
      throw new AssertionError("not healthy: " + machine.outcome("cat", LOG).output());
    }
  }

  /** An IT that cannot run says so in the build's summary. */
  private static TestAbortedException notRun(TestReporter reporter, String reason) {
    String loud = "DebianPackageIT: NOT RUN: " + reason;
    reporter.publishEntry(loud);
    System.err.println("\n*** " + loud + "\n");
    return new TestAbortedException(loud);
  }
}
