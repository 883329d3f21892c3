package io.tributary.oca.check;

import java.util.List;

/** A node that runs out of file descriptors or memory drops plays in the middle. */
final class MachineRule {
  static final String LIMITS = "limits";
  static final String MEMORY = "memory";

  /** Jars, logs, fills, heartbeats, management. */
  private static final int FURTHER_FILES = 512;

  /** With less the collector is what a busy node does. */
  private static final long MIN_HEAP_BYTES = 128L << 20;

  private MachineRule() {}

  static List<Finding> judge(MachineFacts facts) {
    return List.of(limits(facts), memory(facts));
  }

  private static Finding limits(MachineFacts facts) {
    long needed = (long) facts.maxConnections() + facts.maxOpenFiles() + FURTHER_FILES;
    String found = facts.openFiles() + " open files allowed";
    String expected =
        needed
            + ": oca.serve.max-connections "
            + facts.maxConnections()
            + ", oca.store.max-open-files "
            + facts.maxOpenFiles()
            + ", further "
            + FURTHER_FILES;
    return facts.openFiles() < needed
        ? Finding.failed(
            LIMITS,
            found,
            expected,
            "raise it (`systemctl edit oca-node`: [Service] LimitNOFILE="
                + needed
                + "), or lower these settings")
        : Finding.ok(LIMITS, found, expected);
  }

  private static Finding memory(MachineFacts facts) {
    String found =
        "heap of "
            + Amount.bytes(facts.heapBytes())
            + " at most, "
            + Amount.bytes(facts.memoryBytes())
            + " in all";
    if (facts.heapBytes() < MIN_HEAP_BYTES) {
      return Finding.warning(
          MEMORY,
          found,
          "a heap of " + Amount.bytes(MIN_HEAP_BYTES) + " or more",
          "say -Xmx256m in JAVA_OPTIONS");
    }
    return facts.heapBytes() > facts.memoryBytes() / 2
        ? Finding.warning(
            MEMORY,
            found,
            "half or more of it left to the page cache, from which a node serves",
            "say -Xmx256m in JAVA_OPTIONS, or give the machine more")
        : Finding.ok(MEMORY, found);
  }
}
