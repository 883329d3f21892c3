package io.tributary.fleet.process;

/**
 * What {@code /proc/PID/stat} says.
 *
 * @param pid the process
 * @param state one letter: T is stopped, Z is dead and not yet reaped
 * @param session the session's id, which is the pid of the process that began it
 * @param startTicks since the machine's start
 */
record ProcStat(long pid, char state, long session, long startTicks) {

  /** The command's name stands in brackets and may hold spaces and brackets itself. */
  static ProcStat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 0 || close < open) {
      throw new IllegalArgumentException("process status is " + line + " (expected: PID (NAME) …)");
    }
    String[] rest = line.substring(close + 1).strip().split(" ", -1);
    if (rest.length < 20) {
      throw new IllegalArgumentException("process status is cut short: " + line);
    }
    return new ProcStat(
        Long.parseLong(line.substring(0, open).strip()),
        rest[0].charAt(0),
        Long.parseLong(rest[3]),
        Long.parseLong(rest[19]));
  }
}
