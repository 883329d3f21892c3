package io.tributary.steering.location.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.tributary.steering.location.Grants;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.PrefixTable;
import io.tributary.steering.location.RouteIntake;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Sites;
import io.tributary.steering.location.source.MrtWriter.Entry;
import io.tributary.steering.location.source.MrtWriter.Peer;
import io.tributary.steering.location.source.MrtWriter.Segment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a source holds: no reader throws, hangs or takes memory beyond its bound, every record
 * is counted, and nothing counts for a stranger that was not granted.
 */
class SourceFuzzTest {
  private static final int ROUNDS = 4_000;

  /** The longest record that is read whole, twice; and room for what a small file holds. */
  private static final long MAX_ALLOCATED_BYTES = 24L << 20;

  private static final Duration MAX_TIME = Duration.ofSeconds(10);
  private static final IpPrefix GRANTED = IpPrefix.parse("10.0.0.0/8");

  private static final Sites SITES =
      new Sites(
          List.of(new SitePlace("campus", "university", null), new SitePlace("dorm", "isp", null)));

  private static final Grants GRANTS =
      new Grants(List.of(new NetworkGrant("university", Set.of(GRANTED), Set.of())));

  private static final byte[] PEERS = "192.0.2.1,,campus\n,64501,dorm,300\n".getBytes(UTF_8);

  private interface Reader {
    SourceReport read(InputStream source, RouteIntake intake);
  }

  @Test
  void mutatedTablesOfRouters() {
    byte[] attributes =
        MrtWriter.attributes(4, 7, Segment.sequence(64_500, 3356), Segment.set(1, 2));
    byte[] shortAttributes = MrtWriter.attributes(2, 7, Segment.sequence(64_500, 3356));
    MrtWriter file =
        new MrtWriter()
            .peerIndex(new Peer("192.0.2.1", 64_500, false), new Peer("2001:db8::1", 64_501, true));
    for (int i = 0; i < 8; i++) {
      file.rib("10." + i + ".0.0/16", new Entry(0, attributes), new Entry(1, attributes))
          .ribWithPathIds("2001:db8:" + i + "::/48", new Entry(1, attributes))
          .tableDump("10.9." + i + ".0/24", "192.0.2.1", 64_500, shortAttributes);
    }
    fuzz(
        file.bytes(),
        (source, intake) -> {
          PeerSites peers = PeerSites.read("peers", new ByteArrayInputStream(PEERS)).peers();
          return new MrtFile(peers, intake).read("table", source);
        },
        true);
  }

  @Test
  void mutatedCoverageZoneFiles() {
    String text =
        """
        {"revision": "1", "coverageZones": {
          "campus": {"network": ["10.0.0.0/8", "12.34.0.0/24"], "network6": ["2001:DEAD:BEEF:0::/48"],
            "coordinates": {"longitude": "-106.480250", "latitude": 39.1178}},
          "dorm": {"network": ["12.35.0.0/24"], "coordinates": {"longitude": -120, "latitude": "48.0"}}
        }}
        """;
    fuzz(
        text.getBytes(UTF_8),
        (source, intake) -> new CoverageZoneFile(intake, Map.of()).read("zones", source).report(),
        false);
  }

  @Test
  void mutatedLists() {
    String text =
        "prefix,site,preference\n10.0.0.0/8,campus\n2001:db8::/32,dorm,300\n# end\n12.0.0.0/8,dorm,1\n";
    fuzz(
        text.getBytes(UTF_8),
        (source, intake) -> new CsvRoutes(intake).read("list", source),
        false);
    fuzz(PEERS, (source, intake) -> PeerSites.read("peers", source).report(), false);
  }

  private static void fuzz(byte[] valid, Reader reader, boolean isStranger) {
    long problems = 0;
    long setAside = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      String name = "seed " + seed;
      byte[] mutated = mutate(valid, random(seed));
      InputStream source = new ByteArrayInputStream(seed % 4 == 0 ? gzip(mutated, seed) : mutated);
      RouteIntake intake = new RouteIntake(SITES, GRANTS);
      long before = allocatedBytes();
      SourceReport report = timed(name, () -> reader.read(source, intake));
      assertThat(allocatedBytes() - before).as(name).isLessThan(MAX_ALLOCATED_BYTES);

      PrefixTable table = intake.table();
      assertThat((long) table.size()).as(name).isLessThanOrEqualTo(report.routes());
      for (int entry = 0; isStranger && entry < table.size(); entry++) {
        assertThat(GRANTED.covers(table.prefix(entry)))
            .as("%s %s", name, table.prefix(entry))
            .isTrue();
      }
      assertThat(report.examples()).as(name).allMatch(example -> example.detail().length() <= 200);
      long counted = report.setAside().values().stream().mapToLong(Long::longValue).sum();
      if (!isStranger) {
        assertEquals(report.records(), report.routes() + counted, name);
      }
      problems += report.problem().isPresent() ? 1 : 0;
      setAside += counted;
    }
    assertThat(setAside).as("what mutations did").isPositive();
    assertThat(problems).as("what mutations did").isBetween(1L, ROUNDS - 1L);
  }

  private static SourceReport timed(String name, Supplier<SourceReport> reading) {
    long began = System.nanoTime();
    SourceReport report = reading.get();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).as(name).isLessThan(MAX_TIME);
    return report;
  }

  /** Of this thread, ever. */
  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Generators of neighbouring seeds begin alike. */
  private static Random random(long seed) {
    return new Random(seed * 0x9E37_79B9_7F4A_7C15L);
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0x7F);
        case 4 -> bytes = spliced(bytes, at, bytes, random.nextInt(bytes.length), random);
        case 5 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> bytes = spliced(bytes, at, new byte[64], 0, random);
      }
    }
    return bytes;
  }

  /** With a part of the other bytes put in, or in the place of what was there. */
  private static byte[] spliced(byte[] bytes, int at, byte[] other, int from, Random random) {
    int length = Math.min(other.length - from, random.nextInt(200));
    int kept = random.nextBoolean() ? at : Math.min(bytes.length, at + length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, at);
    all.write(other, from, length);
    all.write(bytes, kept, bytes.length - kept);
    return all.size() == 0 ? bytes : all.toByteArray();
  }

  private static byte[] gzip(byte[] plain, long seed) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = packed.toByteArray();
    Random random = random(-seed);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
