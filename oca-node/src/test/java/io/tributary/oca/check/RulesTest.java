package io.tributary.oca.check;

import static io.tributary.oca.check.Verdict.FAILED;
import static io.tributary.oca.check.Verdict.OK;
import static io.tributary.oca.check.Verdict.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final long GB = 1_000_000_000;

  @Nested
  class OfTheClock {
    /** The date of HTTP is good to a second either way, which is not held against the clock. */
    @ParameterizedTest
    @CsvSource({
      "0, OK",
      "1900, OK",
      "-1900, OK",
      "2100, WARNING",
      "-2100, WARNING",
      "30900, WARNING",
      "31100, FAILED",
      "-31100, FAILED",
      "3600000, FAILED"
    })
    void isOffBySoManyMillis(long offsetMillis, Verdict expected) {
      assertThat(ClockRule.judge(clock(offsetMillis, true)).verdict()).isEqualTo(expected);
    }

    @Test
    void saysWhichWayItIsOff() {
      assertThat(ClockRule.judge(clock(-5_000, true)).line())
          .isEqualTo(
              "warning  clock            5000 ms behind door:443, to 1000 ms"
                  + " (expected: within 1000 ms, for tokens and certificates)"
                  + "; next: synchronise it: `timedatectl set-ntp true`, or install chrony");
      assertThat(ClockRule.judge(clock(5_000, false)).found())
          .isEqualTo(
              "5000 ms ahead of door:443, to 1000 ms (that door's certificate was not believed)");
    }

    @Test
    void isNotComparedWhenNoDoorToldItsTime() {
      assertThat(ClockRule.judge(DoorRule.clock(List.of())).verdict()).isEqualTo(WARNING);
    }

    private static ClockFacts clock(long offsetMillis, boolean isVerified) {
      return new ClockFacts(
          Duration.ofMillis(offsetMillis), Duration.ofSeconds(1), "door:443", isVerified);
    }
  }

  @Nested
  class OfNames {
    @Test
    void anAddressNeedsNoResolver() {
      assertThat(judge(new NameFacts.Result.Literal(), false)).isEqualTo(OK);
    }

    @Test
    void aNameMustResolveSoon() {
      assertThat(judge(new NameFacts.Result.Resolved(List.of("192.0.2.1"), 1_000), false))
          .isEqualTo(OK);
      assertThat(judge(new NameFacts.Result.Resolved(List.of("192.0.2.1"), 1_001), false))
          .isEqualTo(WARNING);
    }

    @Test
    void aNameThatDoesNotResolveIsAFailureUnlessAProxyLooksItUp() {
      assertThat(judge(new NameFacts.Result.Failed("unknown"), false)).isEqualTo(FAILED);
      assertThat(judge(new NameFacts.Result.Failed("unknown"), true)).isEqualTo(WARNING);
    }

    private static Verdict judge(NameFacts.Result result, boolean isProxied) {
      return NameRule.judge(new NameFacts("door.example.org", "oca.endpoint", isProxied, result))
          .verdict();
    }
  }

  @Nested
  class OfTheNodesCertificate {
    @ParameterizedTest
    @CsvSource({
      // days to begin, to end, to renewal; key, name
      "-10, 20, 10, true, node-1, OK",
      "-10, 5, 0, true, node-1, OK",
      "-10, 5, -2, true, node-1, WARNING",
      "-10, 20, 10, true, node-2, WARNING",
      "-10, 20, 10, false, node-1, FAILED",
      "-10, 0, -5, true, node-1, FAILED",
      "1, 20, 10, true, node-1, FAILED"
    })
    void isJudgedByItsDatesItsKeyAndItsName(
        int begin, int end, int renewal, boolean hasItsKey, String nodeId, Verdict expected) {
      IdentityFacts facts =
          new IdentityFacts.Enrolled(
              "node-1", nodeId, "site", day(begin), day(end), day(renewal), hasItsKey);

      assertThat(IdentityRule.judge(facts, NOW).verdict()).isEqualTo(expected);
    }

    @Test
    void beforeEnrolmentATokenIsNeededThatOthersCannotRead() {
      Path file = Path.of("/token");
      assertThat(IdentityRule.judge(new IdentityFacts.HasToken(file, false), NOW).verdict())
          .isEqualTo(OK);
      assertThat(IdentityRule.judge(new IdentityFacts.HasToken(file, true), NOW).verdict())
          .isEqualTo(WARNING);
      assertThat(IdentityRule.judge(new IdentityFacts.NoToken("it is empty"), NOW).verdict())
          .isEqualTo(FAILED);
      assertThat(IdentityRule.judge(new IdentityFacts.Unreadable("denied"), NOW).verdict())
          .isEqualTo(FAILED);
    }

    private static Instant day(int days) {
      return NOW.plus(Duration.ofDays(days));
    }
  }

  @Nested
  class OfTheDisk {
    @ParameterizedTest
    @CsvSource({
      // GB held, GB free, of 100 GB; counted
      "0, 200, true, OK",
      "60, 43, true, OK",
      "60, 41, true, WARNING",
      "60, 39, true, FAILED",
      "60, 39, false, WARNING"
    })
    void mustTakeAllThatIsPromisedOfIt(long held, long free, boolean isCounted, Verdict expected) {
      assertThat(judge(space(held * GB, free * GB, isCounted, null, "relatime")))
          .containsExactly(expected);
    }

    @Test
    void mustNameAllThatItTakes() {
      assertThat(judge(space(0, 200 * GB, true, 381_469L, "noatime"))).containsExactly(OK);
      assertThat(judge(space(0, 200 * GB, true, 381_468L, "noatime"))).containsExactly(OK, WARNING);
    }

    @Test
    void shouldNotWriteOnEachRead() {
      assertThat(judge(space(0, 200 * GB, true, null, "rw"))).containsExactly(OK, WARNING);
    }

    @Test
    void mustBeWritable() {
      Path at = Path.of("/store");
      assertThat(judge(new SpaceFacts(at, at, 1, 0, true, 0, null, null, null, "read-only")))
          .containsExactly(FAILED);
    }

    private static List<Verdict> judge(SpaceFacts facts) {
      return SpaceRule.judge(facts).stream().map(Finding::verdict).toList();
    }

    private static SpaceFacts space(
        long held, long free, boolean isCounted, @Nullable Long filesLeft, String option) {
      Path at = Path.of("/store");
      Mount mount = new Mount("8:1", at, Set.of(option), "ext4", "/dev/sda1");
      return new SpaceFacts(at, at, 100 * GB, held, isCounted, free, filesLeft, mount, false, null);
    }
  }

  @Nested
  class OfTheDisksSpeed {
    @ParameterizedTest
    @CsvSource({
      // MB/s read, MB/s written; 1 Gbit/s out, 8640 GB to fill
      "125, 100, OK",
      "124, 100, WARNING",
      "125, 99, WARNING"
    })
    void isComparedWithWhatTheNodeMaySendAndHold(long read, long written, Verdict expected) {
      SpeedFacts facts =
          new SpeedFacts(GB, 8_640 * GB, written * 1_000_000, GB, read * 1_000_000, GB, true, null);

      assertThat(SpeedRule.judge(facts).verdict()).isEqualTo(expected);
    }

    @Test
    void isAFailureWhenItCouldNotBeMeasured() {
      assertThat(SpeedRule.judge(new SpeedFacts(GB, GB, 0, 0, 0, 0, true, "full")).verdict())
          .isEqualTo(FAILED);
    }
  }

  @Nested
  class OfTheMediaDoor {
    private static final MediaFacts.Reach HERE = new MediaFacts.Reach.Here(1);

    @Test
    void isFreeOrThisNodes() {
      assertThat(judge(new MediaFacts.Port.Free(), HERE, false)).containsExactly(OK, OK);
      assertThat(judge(new MediaFacts.Port.Ours(), HERE, false)).containsExactly(OK, OK);
      assertThat(judge(new MediaFacts.Port.Resting(), HERE, false)).containsExactly(WARNING, OK);
      assertThat(judge(new MediaFacts.Port.Taken("node b"), HERE, false))
          .containsExactly(FAILED, OK);
      assertThat(judge(new MediaFacts.Port.Unusable("denied"), HERE, false))
          .containsExactly(FAILED, OK);
    }

    @Test
    void isAnnouncedWhereItIsFound() {
      MediaFacts.Port free = new MediaFacts.Port.Free();
      assertThat(judge(free, HERE, true)).containsExactly(OK, WARNING);
      assertThat(judge(free, new MediaFacts.Reach.Elsewhere("node b"), false))
          .containsExactly(OK, FAILED);
      assertThat(judge(free, new MediaFacts.Reach.Silent("refused"), false))
          .containsExactly(OK, WARNING);
      assertThat(judge(free, new MediaFacts.Reach.Untried("https"), false))
          .containsExactly(OK, WARNING);
    }

    private static List<Verdict> judge(
        MediaFacts.Port port, MediaFacts.Reach reach, boolean isLoopback) {
      MediaFacts facts =
          new MediaFacts("0.0.0.0:80", port, URI.create("http://node.example.org"), reach);
      return MediaRule.judge(facts, isLoopback).stream().map(Finding::verdict).toList();
    }
  }

  @Nested
  class OfTheMachine {
    @Test
    void opensAsManyFilesAsTheNodeIsAllowedTo() {
      assertThat(MachineRule.judge(machine(14_608, 512, 4_096)))
          .extracting(Finding::verdict)
          .containsExactly(OK, OK);
      assertThat(MachineRule.judge(machine(14_607, 512, 4_096)).getFirst().line())
          .isEqualTo(
              "FAILED   limits           14607 open files allowed (expected: 14608:"
                  + " oca.serve.max-connections 10000, oca.store.max-open-files 4096, further 512)"
                  + "; next: raise it (`systemctl edit oca-node`: [Service] LimitNOFILE=14608),"
                  + " or lower these settings");
    }

    @Test
    void leavesMemoryToTheHeapAndToThePageCache() {
      assertThat(MachineRule.judge(machine(20_000, 127, 4_096)).getLast().verdict())
          .isEqualTo(WARNING);
      assertThat(MachineRule.judge(machine(20_000, 2_049, 4_096)).getLast().verdict())
          .isEqualTo(WARNING);
    }

    private static MachineFacts machine(long openFiles, long heapMiB, long memoryMiB) {
      return new MachineFacts(openFiles, 10_000, 4_096, heapMiB << 20, memoryMiB << 20);
    }
  }

  @Nested
  class OfSettings {
    @Test
    void eachWrongOneIsAFailureAndEachStrangeOneAWarning() {
      assertThat(
              SettingsRule.judge(
                  new SettingsFacts(30, List.of("oca.a is 1 (expected: 2)"), List.of("OCA_B"))))
          .extracting(Finding::verdict)
          .containsExactly(FAILED, WARNING);
      assertThat(SettingsRule.judge(new SettingsFacts(30, List.of(), List.of())))
          .containsExactly(Finding.ok("settings", "30 settings read, none refused"));
    }
  }

  @Nested
  class OfProxies {
    @Test
    void aVariableThatNobodyReadsIsToldWithoutItsValue() {
      Map<String, String> environment = Map.of("HTTPS_PROXY", "http://user:secret@proxy:1");

      assertThat(ProxyRule.judge(environment, false).orElseThrow().line())
          .startsWith("warning  proxy            https_proxy is set")
          .doesNotContain("secret");
      assertThat(ProxyRule.judge(environment, true)).isEmpty();
      assertThat(ProxyRule.judge(Map.of("no_proxy", "x"), false)).isEmpty();
    }
  }

  @Test
  void aReportIsAsBadAsItsWorstFinding() {
    Finding ok = Finding.ok("a", "x");
    Finding warning = Finding.warning("b", "x", "y", "z");
    Finding failed = Finding.failed("c", "x", "y", "z");

    assertThat(new Report("n", List.of(ok, warning)).exitStatus()).isZero();
    assertThat(new Report("n", List.of(ok, failed, warning)).exitStatus()).isEqualTo(1);
    assertThat(new Report("n", List.of(ok, failed, warning)).summary())
        .isEqualTo("node n: 1 ok, 1 warnings, 1 failed");
  }

  @Test
  void whatOthersSayStaysOnOneLine() {
    assertThat(Finding.ok("dns", "a\r\nb\nc").line()).isEqualTo("ok       dns              a b c");
  }

  @ParameterizedTest
  @CsvSource({
    "999, 999 B",
    "1000, 1.00 kB",
    "10737418240, 10.7 GB",
    "268435456, 268.4 MB",
    "0, 0 B"
  })
  void bytesAreReadAtAGlance(long bytes, String expected) {
    assertThat(Amount.bytes(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1.9S, 1900 ms",
    "PT2S, 2 s",
    "PT119S, 119 s",
    "PT2M, 2 min",
    "PT47H, 47 h",
    "PT48H, 2 days"
  })
  void timesAreReadAtAGlance(Duration time, String expected) {
    assertThat(Amount.time(time)).isEqualTo(expected);
  }
}
