package io.tributary.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor's time that another process took, as Linux counts it: in hundredths of seconds. */
public final class ProcessorTime {
  private static final double TICKS_OF_A_SECOND = 100;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private final Path stat;

  /** Of the process with that id. */
  public ProcessorTime(long pid) {
    this.stat = Path.of("/proc", String.valueOf(pid), "stat");
  }

  /** Seconds of the process and of the kernel on its behalf, since its start. */
  public double seconds() throws IOException {
    String line = Files.readString(stat);
    // The name before it may have spaces in it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_OF_A_SECOND;
  }
}
