package io.tributary.oca.check;

import java.time.Duration;

/**
 * A disk slower than the network is a warning, not a failure: what is asked for often comes from
 * memory, and the control plane sends viewers elsewhere before a node is full.
 */
final class SpeedRule {
  static final String CHECK = "disk-speed";

  /** A popular package is needed the same evening, and a new node's disk within a day. */
  private static final Duration FULL_WITHIN = Duration.ofDays(1);

  private SpeedRule() {}

  static Finding judge(SpeedFacts facts) {
    if (facts.failure() != null) {
      return Finding.failed(
          CHECK,
          "not measured: " + facts.failure(),
          "a large file written, synced and read",
          "mend the disk, or make room on it");
    }
    long needed = facts.egressBitsPerSecond() / Byte.SIZE;
    double seconds = (double) facts.maxBytes() / Math.max(1, facts.writeBytesPerSecond());
    Duration full = Duration.ofMillis((long) (seconds * 1_000));
    String found =
        "reads "
            + Amount.bytesPerSecond(facts.readBytesPerSecond())
            + (facts.isPastCache() ? "" : " (from memory, it may be)")
            + ", writes "
            + Amount.bytesPerSecond(facts.writeBytesPerSecond())
            + " (a full store in "
            + Amount.time(full)
            + "), measured with "
            + Amount.bytes(facts.writtenBytes());
    if (facts.readBytesPerSecond() < needed) {
      return Finding.warning(
          CHECK,
          found,
          Amount.bytesPerSecond(needed) + " read, for oca.egress-bits-per-second",
          "a faster disk, or an honest oca.egress-bits-per-second: with less in memory the disk"
              + " is what limits");
    }
    return full.compareTo(FULL_WITHIN) > 0
        ? Finding.warning(
            CHECK,
            found,
            "a full store within " + Amount.time(FULL_WITHIN),
            "a faster disk, or a smaller oca.store.max-bytes")
        : Finding.ok(CHECK, found, Amount.bytesPerSecond(needed) + " read, for the egress set");
  }
}
