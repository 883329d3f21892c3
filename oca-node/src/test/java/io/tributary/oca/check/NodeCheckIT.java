package io.tributary.oca.check;

import static io.tributary.oca.check.Verdict.FAILED;
import static io.tributary.oca.check.Verdict.OK;
import static io.tributary.oca.check.Verdict.WARNING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.oca.heartbeat.ControlPlaneConfig;
import io.tributary.oca.heartbeat.SampleIdentity;
import io.tributary.oca.serve.ServeConfig;
import io.tributary.oca.store.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/** The check against real doors, disks and ports of this machine. */
class NodeCheckIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MEASURED_BYTES = 8 << 20;
  private static final long STORE_BYTES = 100_000_000;

  private final SampleAuthority authority = new SampleAuthority("authority");
  private final Instant now = Instant.now();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final int mediaPort;

  private final Path directory;
  private final Path state;
  private final Path caFile;
  private Path store;
  private URI endpoint;

  NodeCheckIT(@TempDir Path directory) throws Exception {
    this.directory = directory;
    state = directory.resolve("state");
    store = directory.resolve("store");
    caFile = directory.resolve("authority.pem");
    Files.writeString(caFile, authority.pem());
    try (ServerSocket free = new ServerSocket(0)) {
      mediaPort = free.getLocalPort();
    }
    endpoint = URI.create("http://127.0.0.1:" + mediaPort);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Nested
  class AtTheNodeDoor {
    @Test
    void anEnrolledNodeIsLetIn() throws Exception {
      enrol(now.plus(Duration.ofDays(20)));
      Report report = check(door().url());

      assertThat(verdict(report, "egress")).isEqualTo(OK);
      assertThat(found(report, "egress")).endsWith("lets this node in");
      assertThat(found(report, "door-certificate")).endsWith("left, believed");
      assertThat(found(report, "certificate"))
          .startsWith("node node-1 of site site-1, 19 days left");
      assertThat(verdict(report, "clock")).isEqualTo(OK);
      // The announced address is loopback here, of course.
      assertThat(report.findings())
          .filteredOn(finding -> finding.verdict() != OK)
          .extracting(Finding::check)
          .containsExactly("endpoint");
      assertThat(report.exitStatus()).isZero();
    }

    @Test
    void aNodeThatHasNotEnrolledIsAskedForItsCertificate() throws Exception {
      Path token = directory.resolve("token");
      Files.writeString(token, "secret-token\n");
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
      Report report = check(token, door().url());

      assertThat(found(report, "certificate"))
          .isEqualTo("not enrolled yet; its token is in " + token);
      assertThat(verdict(report, "egress")).isEqualTo(OK);
      assertThat(found(report, "egress")).endsWith("as it does before enrolment");
      assertThat(report.toString()).doesNotContain("secret-token");
    }

    @Test
    void aRefusedNodeIsToldInTheDoorsWords() throws Exception {
      enrol(now.plus(Duration.ofDays(20)));
      Report report = check(open(new SampleDoor(tls(authority), Duration.ZERO, 403)).url());

      assertThat(verdict(report, "egress")).isEqualTo(FAILED);
      assertThat(found(report, "egress")).endsWith("/oca/v1/revocations answered 403: not now");
    }

    @Test
    void aControlPlaneInTroubleIsNotTheNodesFault() throws Exception {
      enrol(now.plus(Duration.ofDays(20)));
      Report report = check(open(new SampleDoor(tls(authority), Duration.ZERO, 503)).url());

      assertThat(verdict(report, "egress")).isEqualTo(WARNING);
    }

    /** The clock is seen all the same: it might be what is wrong. */
    @Test
    void aDoorOfAnotherAuthorityIsNotBelieved() throws Exception {
      Report report =
          check(open(new SampleDoor(tls(new SampleAuthority("other")), Duration.ZERO, 200)).url());

      assertThat(verdict(report, "door-certificate")).isEqualTo(FAILED);
      assertThat(found(report, "door-certificate"))
          .contains("issued by CN=other: PKIX path building failed");
      assertThat(verdict(report, "egress")).isEqualTo(FAILED);
      assertThat(found(report, "clock")).contains("that door's certificate was not believed");
    }

    @Test
    void aDoorWhoseCertificateIsOverIsNotBelieved() throws Exception {
      Instant end = now.minus(Duration.ofDays(3));
      Report report =
          check(
              open(new SampleDoor(
                      authority.door("127.0.0.1", end.minus(Duration.ofDays(1)), end),
                      Duration.ZERO,
                      200))
                  .url());

      assertThat(verdict(report, "door-certificate")).isEqualTo(FAILED);
      assertThat(found(report, "door-certificate")).contains("over since");
    }

    @Test
    void aDoorWithACertificateForAnotherAddressIsNotBelieved() throws Exception {
      Report report =
          check(
              open(new SampleDoor(
                      authority.door("192.0.2.7", now.minusSeconds(60), now.plusSeconds(864_000)),
                      Duration.ZERO,
                      200))
                  .url());

      assertThat(verdict(report, "door-certificate")).isEqualTo(FAILED);
      assertThat(found(report, "door-certificate")).contains("for [192.0.2.7]: ");
    }

    @Test
    void aClockThatDiffersFromTheDoorsIsTold() throws Exception {
      assertThat(
              verdict(
                  check(open(new SampleDoor(tls(authority), Duration.ofSeconds(5), 200)).url()),
                  "clock"))
          .isEqualTo(WARNING);
      Report report =
          check(open(new SampleDoor(tls(authority), Duration.ofMinutes(-10), 200)).url());
      assertThat(verdict(report, "clock")).isEqualTo(FAILED);
      // How near it comes depends on how long the door took: it tells that itself.
      Matcher told =
          Pattern.compile("(\\d+) ms ahead of 127\\.0\\.0\\.1:\\d+, to (\\d+) ms")
              .matcher(found(report, "clock"));
      assertThat(told.matches()).as(found(report, "clock")).isTrue();
      assertThat(Long.parseLong(told.group(1)))
          .isCloseTo(Duration.ofMinutes(10).toMillis(), within(Long.parseLong(told.group(2)) + 1));
    }

    /** As the node's own client, which takes what the JVM was told. */
    @Test
    void aProxyIsGoneThrough() throws Exception {
      ProxySelector usual = ProxySelector.getDefault();
      try (SampleProxy proxy = new SampleProxy()) {
        ProxySelector.setDefault(ProxySelector.of(proxy.address()));
        enrol(now.plus(Duration.ofDays(20)));
        Report report = check(door().url());

        assertThat(verdict(report, "egress")).isEqualTo(OK);
        assertThat(found(report, "egress"))
            .matches(
                "127.* by proxy (127.0.0.1|localhost):"
                    + proxy.address().getPort()
                    + ": TCP in .*lets this node in");
        // The look as nobody, and the node's own question.
        assertThat(proxy.tunnels()).isEqualTo(2);
      } finally {
        ProxySelector.setDefault(usual);
      }
    }

    @Test
    void aClosedDoorIsNotReachedAndASilentOneIsGivenUp() throws Exception {
      int closedPort;
      try (ServerSocket closed = new ServerSocket(0)) {
        closedPort = closed.getLocalPort();
      }
      ServerSocket silent = open(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      long begun = System.nanoTime();
      Report report =
          check(
              URI.create("https://127.0.0.1:" + closedPort),
              URI.create("https://127.0.0.1:" + silent.getLocalPort()),
              URI.create("https://door.invalid"));

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
      assertThat(report.findings())
          .filteredOn(finding -> finding.check().equals("egress"))
          .satisfiesExactly(
              closed ->
                  assertThat(closed.line())
                      .startsWith(
                          "FAILED   egress           127.0.0.1:"
                              + closedPort
                              + " is not reached: Connection refused"),
              mute -> assertThat(mute.found()).contains("but no TLS: "),
              unknown -> assertThat(unknown.found()).endsWith("its name does not resolve"));
      assertThat(report.findings())
          .filteredOn(finding -> finding.check().equals("dns"))
          .extracting(Finding::verdict)
          .containsExactly(OK, FAILED);
      assertThat(verdict(report, "clock")).isEqualTo(WARNING);
      assertThat(report.exitStatus()).isEqualTo(1);
    }
  }

  @Nested
  class OnThisMachine {
    @Test
    void anOverCertificateIsTold() throws Exception {
      enrol(now.minus(Duration.ofDays(2)));

      Report report = check(door().url());

      assertThat(verdict(report, "certificate")).isEqualTo(FAILED);
      assertThat(found(report, "certificate")).contains("over since").endsWith("2 days ago");
    }

    @Test
    void aMediaPortThatThisNodeHoldsIsItsOwn() throws Exception {
      media("node-1");
      Report report = check(door().url());

      assertThat(found(report, "media-port")).endsWith("is held by this node, which runs");
      assertThat(found(report, "endpoint")).contains("leads back here");
    }

    @Test
    void aMediaPortThatAnotherHoldsIsTaken() throws Exception {
      media("node-2");
      Report report = check(door().url());

      assertThat(verdict(report, "media-port")).isEqualTo(FAILED);
      assertThat(found(report, "media-port")).endsWith("is taken by node node-2");
      assertThat(verdict(report, "endpoint")).isEqualTo(WARNING);
    }

    @Test
    void anAnnouncedAddressThatLeadsElsewhereIsTold() throws Exception {
      try (ServerSocket other = listen(0, "node-9")) {
        endpoint = URI.create("http://127.0.0.1:" + other.getLocalPort());
        Report report = check(door().url());

        assertThat(verdict(report, "media-port")).isEqualTo(OK);
        assertThat(verdict(report, "endpoint")).isEqualTo(FAILED);
        assertThat(found(report, "endpoint")).endsWith("leads to node node-9");
      }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
      Files.createDirectories(store);
      Report report = check(door().url());

      assertThat(verdict(report, "disk-speed")).isEqualTo(OK);
      assertThat(store).isEmptyDirectory();
      assertThat(state).doesNotExist();
    }

    @Test
    void aFullDiskAndOneThatTakesNothingAreTold(TestReporter reporter) throws Exception {
      Files.createDirectories(store);
      mount(reporter, "mount", "-t", "tmpfs", "-o", "size=6m", "oca-check", store.toString());
      try {
        Report small = check(door().url());
        assertThat(verdict(small, "disk")).isEqualTo(FAILED);
        assertThat(found(small, "disk")).contains("6.29 MB free, tmpfs on oca-check");
        assertThat(verdict(small, "disk-speed")).isEqualTo(FAILED);

        mount(reporter, "mount", "-o", "remount,ro", store.toString());
        Report readOnly = check(door().url());
        assertThat(verdict(readOnly, "disk")).isEqualTo(FAILED);
        assertThat(found(readOnly, "disk")).contains("takes nothing").contains("Read-only");
      } finally {
        run("umount", store.toString());
      }
    }

    /** An IT that cannot run says so. */
    private static void mount(TestReporter reporter, String... command) throws Exception {
      if (run(command) != 0) {
        reporter.publishEntry("NOT RUN: this user may not mount a small disk (expected: root)");
        throw new TestAbortedException("this user may not mount a small disk");
      }
    }

    private static int run(String... command) throws Exception {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private Report check(URI... doors) throws InterruptedException {
    return check(null, doors);
  }

  private Report check(@Nullable Path token, URI... doors) throws InterruptedException {
    List<Finding> told = new ArrayList<>();
    Duration second = Duration.ofSeconds(1);
    Report report =
        new NodeCheck(
                new CheckedNode(
                    "node-1",
                    state,
                    endpoint,
                    token,
                    1_000_000,
                    new StoreConfig(store, STORE_BYTES, second, 16, second),
                    new ServeConfig("127.0.0.1", mediaPort, 0, 10, second, second, second),
                    List.of(doors),
                    caFile,
                    new ControlPlaneConfig(
                        List.of(doors),
                        caFile,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        second,
                        second,
                        second)),
                new SettingsFacts(30, List.of(), List.of()),
                Map.of(),
                JSON,
                InstantSource.system(),
                told::add,
                MEASURED_BYTES)
            .run();
    assertThat(report.findings()).isEqualTo(told);
    return report;
  }

  private static String found(Report report, String check) {
    return one(report, check).found();
  }

  private static Verdict verdict(Report report, String check) {
    return one(report, check).verdict();
  }

  private static Finding one(Report report, String check) {
    return report.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not in " + report));
  }

  private void enrol(Instant end) throws Exception {
    SampleIdentity.keep(
        state,
        "node-1",
        end,
        JSON,
        key -> authority.issue("node-1", key, now.minus(Duration.ofDays(30)), end));
  }

  private SampleDoor door() throws IOException {
    return open(new SampleDoor(tls(authority), Duration.ZERO, 200));
  }

  private SSLContext tls(SampleAuthority issuer) {
    return issuer.door("127.0.0.1", now.minusSeconds(60), now.plusSeconds(30 * 86_400));
  }

  private <T extends AutoCloseable> T open(T one) {
    open.add(one);
    return one;
  }

  private void media(String nodeId) throws IOException {
    open(listen(mediaPort, nodeId));
  }

  /** A media door that knows but its health. */
  private static ServerSocket listen(int port, String nodeId) throws IOException {
    ServerSocket door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (!door.isClosed()) {
            try (Socket caller = door.accept()) {
              HttpHead.read(caller.getInputStream());
              caller
                  .getOutputStream()
                  .write(
                      ("HTTP/1.1 200 OK\r\nTributary-Node: "
                              + nodeId
                              + "\r\nContent-Length: 0\r\n\r\n")
                          .getBytes(ISO_8859_1));
            } catch (IOException e) {
              // Closed.
            }
          }
        });
    return door;
  }
}
