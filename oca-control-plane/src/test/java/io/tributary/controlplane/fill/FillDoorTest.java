package io.tributary.controlplane.fill;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.node.CorruptionReport;
import io.tributary.controlplane.doors.RefusedException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillDoorTest {
  @Test
  void aCorruptionOfAFileOfAPackageIsTaken() {
    for (String path :
        List.of("v720/init.mp4", "a-en/seg-1.m4s", "v720/index.m3u8", "manifest.json")) {
      assertDoesNotThrow(() -> FillDoor.check(report(path, "scrub")), path);
    }
  }

  @Test
  void aCorruptionOfAnythingElseIsRefused() {
    for (String path :
        List.of("", "init.mp4", "../init.mp4", "v720/a/b", "v720/x\nnode=n2", "V720/init.mp4")) {
      assertRefused(report(path, "scrub"));
    }
  }

  @Test
  void aCorruptionFoundByMoreThanAWordIsRefused() {
    for (String foundBy : List.of("", "two words", "open\n", "a".repeat(21))) {
      assertRefused(report("v720/init.mp4", foundBy));
    }
  }

  private static void assertRefused(CorruptionReport report) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> FillDoor.check(report), report.toString());
    assertEquals(ProblemType.INVALID, refused.type());
  }

  private static CorruptionReport report(String path, String foundBy) {
    return new CorruptionReport("n", "a", "p1", path, foundBy, Instant.EPOCH);
  }
}
