package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.report.RawRounds;
import io.tributary.steering.location.PrefixTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;

/**
 * Tells how long a table takes and what it retains, by what the heap holds after a collection with
 * and without it.
 */
public final class TableCost {
  private TableCost() {}

  /**
   * Measures, and adds rounds {@code build.NAME} in milliseconds, from the file to the table, and
   * {@code retained.NAME} in MiB.
   *
   * @param arguments the file of rounds, how many of them, and pairs of a name and its routes
   */
  public static void main(String[] arguments) throws IOException {
    RawRounds raw = new RawRounds(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    for (int i = 2; i < arguments.length; i += 2) {
      for (int round = 0; round < rounds; round++) {
        long began = System.nanoTime();
        int prefixes = BenchmarkRoutes.of(arguments[i + 1]).intake().table().size();
        raw.add("build." + arguments[i], (System.nanoTime() - began) / 1e6);
        if (round == 0) {
          raw.note(arguments[i] + " table: " + prefixes + " prefixes");
        }
      }
      raw.add("retained." + arguments[i], retainedBytes(arguments[i + 1]) / 1048576.0);
    }
  }

  private static long retainedBytes(String routes) throws IOException {
    PrefixTable table = BenchmarkRoutes.of(routes).intake().table();
    long with = usedBytes();
    int size = table.size();
    table = PrefixTable.EMPTY;
    long without = usedBytes();
    return size + table.size() == 0 ? 0 : with - without;
  }

  private static long usedBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
