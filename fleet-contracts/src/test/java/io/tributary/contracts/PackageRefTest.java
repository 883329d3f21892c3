package io.tributary.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.media.PackageRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageRefTest {
  @Test
  void anIdIsWhatThePatternSays() {
    String longest = "a".repeat(64);
    for (String id :
        List.of(
            "a",
            "0",
            "z-9",
            "a-",
            "film-2024",
            longest,
            longest + "a",
            "",
            "-",
            "-a",
            "A",
            "aB",
            "a_b",
            "a/b",
            "a.b",
            "a b",
            "a\n",
            "é",
            "a{",
            "a`",
            "a:",
            "٣")) {
      assertEquals(id.matches(PackageRef.ID_PATTERN), isTaken(id, "p1"), id);
      assertEquals(id.matches(PackageRef.ID_PATTERN), isTaken("film", id), id);
    }
  }

  private static boolean isTaken(String titleId, String packageVersion) {
    try {
      return new PackageRef(titleId, packageVersion).titleId().equals(titleId);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }
}
