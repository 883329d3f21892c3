package io.tributary.oca.check;

import java.time.Duration;

/**
 * Tokens and certificates begin and end at a second: a clock that is off refuses viewers, or serves
 * those it should not. An HTTP date is coarse, so only what is off for sure is held against it.
 */
final class ClockRule {
  static final String CHECK = "clock";

  private static final Duration WARN = Duration.ofSeconds(1);
  private static final Duration FAIL = Duration.ofSeconds(30);
  private static final String NEXT =
      "synchronise it: `timedatectl set-ntp true`, or install chrony";

  private ClockRule() {}

  static Finding judge(ClockFacts facts) {
    Duration offset = facts.offset();
    String expected = "within " + WARN.toMillis() + " ms, for tokens and certificates";
    if (offset == null) {
      return Finding.warning(
          CHECK,
          "not compared: no node door told its time",
          expected,
          "mend egress first, or compare it by hand: `timedatectl`");
    }
    Duration sure = offset.abs().minus(facts.precision());
    String found =
        (sure.isPositive()
                ? Math.abs(offset.toMillis())
                    + " ms "
                    + (offset.isNegative() ? "behind " : "ahead of ")
                : "the same as ")
            + facts.door()
            + ", to "
            + facts.precision().toMillis()
            + " ms"
            + (facts.isVerified() ? "" : " (that door's certificate was not believed)");
    if (sure.compareTo(FAIL) > 0) {
      return Finding.failed(CHECK, found, expected, NEXT);
    }
    return sure.compareTo(WARN) > 0
        ? Finding.warning(CHECK, found, expected, NEXT)
        : Finding.ok(CHECK, found, expected);
  }
}
