package io.tributary.oca.check;

import java.util.ArrayList;
import java.util.List;

/** The control plane plans by {@code max-bytes}: a disk that is full before it fills no plan. */
final class SpaceRule {
  static final String CHECK = "disk";

  /** Segments of audio, the smallest ones, are hardly smaller; most are ten times as large. */
  private static final long BYTES_A_FILE = 256 << 10;

  /** A file system's own records, and the rest of the machine. */
  private static final double SPARE = 0.02;

  private SpaceRule() {}

  static List<Finding> judge(SpaceFacts facts) {
    if (facts.failure() != null) {
      return List.of(
          Finding.failed(
              CHECK,
              facts.at() + " takes nothing: " + facts.failure(),
              "a directory that the node's user can write",
              "mend it, or name another in oca.store.directory"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(room(facts));
    long toCome = Math.max(0, facts.maxBytes() - facts.heldBytes());
    Long filesLeft = facts.filesLeft();
    if (filesLeft != null && filesLeft < toCome / BYTES_A_FILE) {
      findings.add(
          Finding.warning(
              CHECK,
              filesLeft + " files (inodes) left",
              toCome / BYTES_A_FILE + ", at 256 KiB each",
              "make the file system anew with more (ext4: `mkfs.ext4 -i 262144`), or use xfs"));
    }
    Mount mount = facts.mount();
    if (mount != null && mount.writesOnEachRead()) {
      findings.add(
          Finding.warning(
              CHECK,
              mount.point() + " notes the time of each read (strictatime)",
              "noatime or relatime",
              "add noatime to its options in /etc/fstab"));
    }
    return findings;
  }

  private static Finding room(SpaceFacts facts) {
    long canHold = facts.heldBytes() + facts.usableBytes();
    String found =
        facts.directory()
            + (facts.at().equals(facts.directory()) ? "" : " (to be made in " + facts.at() + ")")
            + ": "
            + Amount.bytes(facts.usableBytes())
            + " free"
            + (facts.heldBytes() > 0
                ? ", "
                    + Amount.bytes(facts.heldBytes())
                    + (facts.isCounted() ? " held" : " held at least")
                : "")
            + described(facts);
    String expected = Amount.bytes(facts.maxBytes()) + " in all, oca.store.max-bytes";
    String next =
        "set oca.store.max-bytes to what the disk can hold beside all else, or give it a larger one";
    if (canHold < facts.maxBytes()) {
      // What was not counted may be what is lacking.
      return facts.isCounted()
          ? Finding.failed(CHECK, found, expected, next)
          : Finding.warning(CHECK, found, expected, next);
    }
    return canHold < facts.maxBytes() * (1 + SPARE)
        ? Finding.warning(CHECK, found, expected + " and 2% to spare", next)
        : Finding.ok(CHECK, found, expected);
  }

  private static String described(SpaceFacts facts) {
    Mount mount = facts.mount();
    Boolean rotates = facts.rotates();
    return (mount == null ? "" : ", " + mount.type() + " on " + mount.source())
        + (rotates == null ? "" : rotates ? ", says it rotates" : ", says it does not rotate");
  }
}
