package io.tributary.fleet.process;

/**
 * One process for certain: a process id may be used again, an id with its start time may not, and
 * both begin anew with the machine.
 *
 * @param pid the process id
 * @param startTicks when it started, in clock ticks since the machine did (field 22 of {@code
 *     /proc/PID/stat})
 * @param bootId which start of the machine
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {

  /**
   * Reads what a process wrote about itself before it became the program.
   *
   * @param text the boot id and, on the next line, {@code /proc/self/stat}
   * @throws IllegalArgumentException if it is cut short
   */
  public static ProcessIdentity parse(String text) {
    String[] lines = text.strip().split("\n", 2);
    if (lines.length != 2) {
      throw new IllegalArgumentException(
          "process file has " + lines.length + " line (expected: 2)");
    }
    ProcStat stat = ProcStat.parse(lines[1]);
    return new ProcessIdentity(stat.pid(), stat.startTicks(), lines[0].strip());
  }
}
