package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingCheckTest {
  @Test
  void whenItHolds_thenNothingIsSaid() {
    assertDoesNotThrow(() -> SettingCheck.check(true, "parallel-files", 8, "1 to 64"));
  }

  @Test
  void whenItDoesNot_thenItsNameItsValueAndWhatWasExpected() {
    assertEquals(
        "parallel-files is 0 (expected: 1 to 64)", refusal("parallel-files", 0, "1 to 64"));
    assertEquals("ca-file is missing (expected: a file)", refusal("ca-file", "missing", "a file"));
    assertEquals("endpoint is null (expected: a URL)", refusal("endpoint", null, "a URL"));
  }

  @Test
  void aNumberAtTheEndsOfItsRangeIsInIt() {
    assertDoesNotThrow(() -> SettingCheck.checkRange("attempts", 1, 1, 10));
    assertDoesNotThrow(() -> SettingCheck.checkRange("attempts", 10, 1, 10));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, 0, 11})
  void aNumberBesideItsRangeIsRefused(long attempts) {
    assertEquals(
        "attempts is " + attempts + " (expected: 1 to 10)",
        assertThrows(
                IllegalArgumentException.class,
                () -> SettingCheck.checkRange("attempts", attempts, 1, 10))
            .getMessage());
  }

  private static String refusal(String name, @Nullable Object value, String expected) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> SettingCheck.check(false, name, value, expected))
            .getMessage());
  }
}
