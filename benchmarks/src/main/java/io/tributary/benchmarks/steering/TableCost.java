package io.tributary.benchmarks.steering;

import io.tributary.steering.location.PrefixTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tells how long a table takes and what it retains, by what the heap holds after a collection with
 * and without it.
 */
public final class TableCost {
  private static final int ROUNDS = 11;

  private TableCost() {}

  /**
   * Measures.
   *
   * @param arguments {@code synthetic} or MRT files
   */
  public static void main(String[] arguments) throws IOException {
    for (String routes : arguments) {
      double[] gatheringMillis = new double[ROUNDS];
      double[] buildingMillis = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long began = System.nanoTime();
        BenchmarkRoutes gathered = BenchmarkRoutes.of(routes);
        long isGathered = System.nanoTime();
        PrefixTable table = gathered.intake().table();
        buildingMillis[round] = (System.nanoTime() - isGathered) / 1e6;
        gatheringMillis[round] = (isGathered - began) / 1e6;
        if (round == ROUNDS - 1) {
          tell(routes, gatheringMillis, buildingMillis, table.size());
        }
      }
      System.out.printf(Locale.ROOT, "  retained %.1f MiB%n", retainedBytes(routes) / 1048576.0);
    }
  }

  private static void tell(String routes, double[] gathering, double[] building, int prefixes) {
    double first = gathering[0] + building[0];
    Arrays.sort(gathering);
    Arrays.sort(building);
    System.out.printf(
        Locale.ROOT,
        "%s: %d prefixes%n"
            + "  first time %.0f ms; read and gathered %.0f ms, built %.0f ms (medians of %d)%n",
        routes,
        prefixes,
        first,
        gathering[ROUNDS / 2],
        building[ROUNDS / 2],
        ROUNDS);
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
