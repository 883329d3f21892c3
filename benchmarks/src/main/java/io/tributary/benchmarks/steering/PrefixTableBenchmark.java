package io.tributary.benchmarks.steering;

import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import io.tributary.steering.location.PrefixTable;
import io.tributary.steering.location.SiteTiers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Longest-prefix matches on one core. Each asks for another of a million addresses, so what a cache
 * cannot hold is fetched anew, as it is for a fleet's clients.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class PrefixTableBenchmark {
  private static final int ADDRESSES = 1 << 20;
  private static final long SEED = 4;
  private static final List<String> HOLDERS = List.of("site-0", "site-100");

  /** {@code synthetic}, or an MRT file. */
  @Param(BenchmarkRoutes.SYNTHETIC)
  public String routes = BenchmarkRoutes.SYNTHETIC;

  private PrefixTable table = PrefixTable.EMPTY;
  private ClientLocator locator =
      new ClientLocator(table, BenchmarkRoutes.sites(), Geography.UNKNOWN, null);
  private final int[] ipv4 = new int[ADDRESSES];
  private final long[] ipv6Highs = new long[ADDRESSES];
  private final long[] ipv6Lows = new long[ADDRESSES];
  private final InetAddress[] mixed = new InetAddress[ADDRESSES];
  private int next;

  @Setup
  public void gather() throws IOException {
    BenchmarkRoutes gathered = BenchmarkRoutes.of(routes);
    table = gathered.intake().table();
    locator = new ClientLocator(table, BenchmarkRoutes.sites(), Geography.UNKNOWN, null);
    Random random = new Random(SEED);
    List<IpPrefix> ipv4Prefixes = ofVersion(gathered, IpVersion.V4);
    List<IpPrefix> ipv6Prefixes = ofVersion(gathered, IpVersion.V6);
    double ipv6Share = (double) ipv6Prefixes.size() / gathered.prefixes.size();
    int found = 0;
    for (int i = 0; i < ADDRESSES; i++) {
      ipv4[i] = (int) (high(ipv4Prefixes, random) >>> 32);
      ipv6Highs[i] = high(ipv6Prefixes, random);
      ipv6Lows[i] = random.nextLong();
      mixed[i] = address(i, random.nextDouble() < ipv6Share);
      found += table.find(mixed[i]) == PrefixTable.NONE ? 0 : 1;
    }
    System.out.printf(
        "%n%d prefixes, %.0f %% of the addresses are in one%n",
        table.size(), 100.0 * found / ADDRESSES);
  }

  @Benchmark
  public int findIpv4() {
    return table.findIpv4(ipv4[another()]);
  }

  @Benchmark
  public int findIpv6() {
    int i = another();
    return table.findIpv6(ipv6Highs[i], ipv6Lows[i]);
  }

  @Benchmark
  public int findAny() {
    return table.find(mixed[another()]);
  }

  @Benchmark
  public int walkTheChain() {
    int seen = 0;
    for (int entry = table.find(mixed[another()]);
        entry != PrefixTable.NONE;
        entry = table.parent(entry)) {
      seen++;
    }
    return seen;
  }

  @Benchmark
  public SiteTiers locateTwoSites() {
    return SiteTiers.of(locator.locate(mixed[another()]), HOLDERS);
  }

  private int another() {
    next = (next + 1) & (ADDRESSES - 1);
    return next;
  }

  /** Half of the addresses in prefixes, half anywhere; the other bits are random. */
  private static long high(List<IpPrefix> prefixes, Random random) {
    long anywhere = random.nextLong();
    if (prefixes.isEmpty() || random.nextBoolean()) {
      return anywhere;
    }
    IpPrefix prefix = prefixes.get(random.nextInt(prefixes.size()));
    return prefix.length() >= Long.SIZE
        ? prefix.high()
        : prefix.high() | anywhere >>> prefix.length();
  }

  private InetAddress address(int i, boolean isIpv6) throws UnknownHostException {
    ByteBuffer bytes = ByteBuffer.allocate(16).putLong(ipv6Highs[i]).putLong(ipv6Lows[i]);
    return InetAddress.getByAddress(
        isIpv6 ? bytes.array() : ByteBuffer.allocate(4).putInt(ipv4[i]).array());
  }

  private static List<IpPrefix> ofVersion(BenchmarkRoutes routes, IpVersion version) {
    return routes.prefixes.stream().filter(prefix -> prefix.version() == version).toList();
  }
}
