package io.tributary.settings;

import org.jspecify.annotations.Nullable;

/**
 * How a record of settings refuses a value: in the words that a failed start reads, adding the
 * setting's whole name and where the value came from. Knows no Spring, so pure records may use it.
 */
public final class SettingCheck {
  private SettingCheck() {}

  /**
   * Refuses a value that will not do.
   *
   * @param holds whether it will do
   * @param name the record's component, as a setting is written: {@code parallel-files}
   * @param value as it is shown; {@code missing} where there is none
   * @param expected which values do
   * @throws IllegalArgumentException if it does not hold; says {@code parallel-files is 0
   *     (expected: 1 to 64)}
   */
  public static void check(boolean holds, String name, @Nullable Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }

  /**
   * Refuses a number that is out of its range.
   *
   * @param name the record's component, as a setting is written: {@code parallel-files}
   * @throws IllegalArgumentException if it is; says {@code parallel-files is 0 (expected: 1 to 64)}
   */
  public static void checkRange(String name, long value, long least, long most) {
    check(value >= least && value <= most, name, value, least + " to " + most);
  }
}
