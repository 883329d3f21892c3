package io.tributary.steering.location.source;

import static io.tributary.steering.location.source.MrtWriter.attributes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.source.MrtWriter.Entry;
import io.tributary.steering.location.source.MrtWriter.Peer;
import io.tributary.steering.location.source.MrtWriter.Segment;
import io.tributary.steering.location.source.RecordedRoutes.Told;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MrtFileTest {
  private static final String PEERS =
      """
      address,asn,site,preference
      192.0.2.1,64500,campus
      2001:db8::1,4200000001,dorm,150
      ,64501,exchange
      """;

  private static final Peer CAMPUS = new Peer("192.0.2.1", 64_500, false);
  private static final Peer DORM = new Peer("2001:db8::1", 4_200_000_001L, true);
  private static final Peer STRANGER = new Peer("192.0.2.99", 64_999, false);

  private final RecordedRoutes routes = new RecordedRoutes();

  @Nested
  class GivenATableOfTheFirstVersion {
    @Test
    void whenItHasBothProtocols_thenEachRouteIsRead() {
      byte[] file =
          new MrtWriter()
              .tableDump(
                  "198.51.100.0/24",
                  "192.0.2.1",
                  64_500,
                  attributes(2, 30, Segment.sequence(64_500, 3356)))
              .tableDump(
                  "2001:db8:5::/48",
                  "2001:db8::9",
                  64_501,
                  attributes(2, 0, Segment.sequence(64_501)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(Optional.empty(), report.problem());
      assertEquals(2, report.routes());
      assertEquals(
          List.of(
              told("198.51.100.0/24", "campus", 100, 2, 64_500, 30, 3356),
              told("2001:db8:5::/48", "exchange", 100, 1, 64_501, 0, 64_501)),
          routes.told);
    }

    @Test
    void whenTheOriginHasALongNumber_thenItIsTakenFromTheLongPath() {
      byte[] standIn = attributes(2, 0, Segment.sequence(64_500, 23_456));
      byte[] attributes = MrtWriter.withLongPath(standIn, Segment.sequence(64_500, 4_200_000_009L));

      read(new MrtWriter().tableDump("198.51.100.0/24", "192.0.2.1", 64_500, attributes).bytes());

      assertEquals(
          List.of(told("198.51.100.0/24", "campus", 100, 2, 64_500, 0, 4_200_000_009L)),
          routes.told);
    }
  }

  @Nested
  class GivenATableOfTheSecondVersion {
    @Test
    void whenSeveralPeersTellOfAPrefix_thenEachRouteCountsForItsSite() {
      byte[] file =
          new MrtWriter()
              .peerIndex(CAMPUS, DORM, STRANGER)
              .rib(
                  "198.51.100.0/24",
                  new Entry(0, attributes(4, 5, Segment.sequence(64_500, 3356))),
                  new Entry(1, attributes(4, 0, Segment.sequence(4_200_000_001L))),
                  new Entry(2, attributes(4, 0, Segment.sequence(64_999))))
              .rib("2001:db8:5::/48", new Entry(1, attributes(4, 0, Segment.sequence(1, 2, 3))))
              .rib("::/0", new Entry(1, attributes(4, 0, Segment.sequence(1))))
              .bytes();

      SourceReport report = read(file);

      assertEquals(
          List.of(
              told("198.51.100.0/24", "campus", 100, 2, 64_500, 5, 3356),
              told("198.51.100.0/24", "dorm", 150, 1, 4_200_000_001L, 0, 4_200_000_001L),
              told("2001:db8:5::/48", "dorm", 150, 3, 1, 0, 3),
              told("::/0", "dorm", 150, 1, 1, 0, 1)),
          routes.told);
      assertEquals(1, report.setAside(SetAsideReason.UNMAPPED_PEER));
      assertThat(report.examples().toString()).contains("192.0.2.99/32", "64999");
    }

    @Test
    void whenRoutesHavePathIds_thenTheyAreReadAsWell() {
      byte[] file =
          new MrtWriter()
              .peerIndex(CAMPUS)
              .ribWithPathIds(
                  "198.51.100.0/24",
                  entry(0, Segment.sequence(64_500)),
                  entry(0, Segment.sequence(64_500, 7)))
              .ribWithPathIds("2001:db8::/32", entry(0, Segment.sequence(64_500)))
              .bytes();

      assertEquals(3, read(file).routes());
    }

    @Test
    void whenAPathHasSetsAndConfederations_thenASetIsOneAndAConfederationNothing() {
      Segment confederation = new Segment(MrtWriter.CONFED_SEQUENCE, List.of(65_001L, 65_002L));
      byte[] file =
          new MrtWriter()
              .peerIndex(CAMPUS)
              .rib(
                  "10.0.0.0/8",
                  entry(0, confederation, Segment.sequence(7, 8), Segment.set(9, 10, 11)))
              .rib("11.0.0.0/8", entry(0, Segment.set(9, 10)))
              .bytes();

      read(file);

      assertEquals(
          List.of(
              told("10.0.0.0/8", "campus", 100, 3, 7, 0, 0),
              told("11.0.0.0/8", "campus", 100, 1, 0, 0, 0)),
          routes.told);
    }

    @Test
    void whenAPathIsEmpty_thenThePeersOwnNetworkIsNeighbourAndOrigin() {
      read(new MrtWriter().peerIndex(CAMPUS).rib("10.0.0.0/8", entry(0)).bytes());

      assertEquals(List.of(told("10.0.0.0/8", "campus", 100, 0, 64_500, 0, 64_500)), routes.told);
    }

    @Test
    void whenAnEntryNamesNoPeerOfTheIndex_thenOnlyItIsSetAside() {
      byte[] file =
          new MrtWriter()
              .peerIndex(CAMPUS)
              .rib("10.0.0.0/8", entry(1, Segment.sequence(1)), entry(0, Segment.sequence(64_500)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(1, report.routes());
      assertEquals(1, report.setAside(SetAsideReason.MALFORMED));
    }
  }

  @Nested
  class GivenABadFile {
    private final MrtWriter good =
        new MrtWriter().peerIndex(CAMPUS).rib("10.0.0.0/8", entry(0, Segment.sequence(64_500)));

    @Test
    void whenOneRecordIsMalformed_thenTheOthersAreRead() {
      byte[] file =
          good.record(13, 2, out -> out.write(new byte[] {0, 0, 0, 1, 33, 1, 2, 3, 4, 5, 0, 0}))
              .record(13, 2, out -> out.write(new byte[3]))
              .record(13, 1, out -> out.write(new byte[] {1, 1, 1, 1, 0, 0, 0x7F, 0x7F}))
              .rib("11.0.0.0/8", entry(0, Segment.sequence(64_500)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(Optional.empty(), report.problem());
      assertEquals(2, report.routes());
      assertEquals(3, report.setAside(SetAsideReason.MALFORMED));
      assertThat(report.examples().toString()).contains("prefix length is 33 (expected: 0 to 32)");
    }

    @Test
    void whenTheAttributesOfOneRouteAreMalformed_thenTheOthersOfItsPrefixAreRead() {
      byte[] attributes = attributes(4, 0, Segment.sequence(64_500));
      attributes[7] = 77;
      byte[] file =
          good.rib("11.0.0.0/8", new Entry(0, attributes), entry(0, Segment.sequence(64_500)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(2, report.routes());
      assertEquals(1, report.setAside(SetAsideReason.MALFORMED));
    }

    @Test
    void whenRecordsAreOfOtherKinds_thenTheyArePassedOverAndCounted() {
      byte[] file =
          good.record(16, 4, out -> out.write(new byte[50]))
              .record(13, 6, out -> out.write(new byte[50]))
              .record(12, 9, out -> out.write(new byte[50]))
              .record(4711, 0, out -> out.write(new byte[50]))
              .rib("11.0.0.0/8", entry(0, Segment.sequence(64_500)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(2, report.routes());
      assertEquals(4, report.setAside(SetAsideReason.OTHER_KIND));
    }

    @Test
    void whenARecordIsLongerThanAny_thenItIsPassedOver() {
      byte[] huge = new byte[5 << 20];
      byte[] file =
          good.record(13, 2, huge.length, huge)
              .rib("11.0.0.0/8", entry(0, Segment.sequence(64_500)))
              .bytes();

      SourceReport report = read(file);

      assertEquals(2, report.routes());
      assertEquals(1, report.setAside(SetAsideReason.TOO_LONG));
    }

    @Test
    void whenItEndsTooEarly_thenWhatWasReadCountsAndTheReportSaysWhere() {
      byte[] whole = good.bytes();

      SourceReport report = read(Arrays.copyOf(whole, whole.length - 5));
      assertEquals(0, report.routes());
      assertThat(report.problem().orElseThrow())
          .contains("ends in the record at byte", "5 bytes before its end");

      byte[] more = good.record(13, 2, Integer.MIN_VALUE, new byte[10]).bytes();
      SourceReport claimsTwoGigabytes = read(more);
      assertEquals(1, claimsTwoGigabytes.routes());
      assertThat(claimsTwoGigabytes.problem().orElseThrow())
          .contains("ends in the record at byte " + whole.length);

      SourceReport halfAHeader = read(Arrays.copyOf(more, whole.length + 7));
      assertThat(halfAHeader.problem().orElseThrow())
          .contains("ends in the header of the record at byte");
    }

    @Test
    void whenItIsNoMrtFile_thenTheReportSaysSo() {
      assertThat(read("prefix,site\n10.0.0.0/8,campus\n".getBytes(UTF_8)).problem().orElseThrow())
          .contains("is no MRT file");
      assertThat(read(new byte[0]).problem().orElseThrow()).contains("is no MRT file");
    }

    @Test
    void whenItIsPackedAndCutOff_thenWhatWasReadCounts() throws IOException {
      for (int i = 0; i < 5_000; i++) {
        good.rib("11." + i / 250 + "." + i % 250 + ".0/24", entry(0, Segment.sequence(64_500, i)));
      }
      byte[] packed = gzip(good.bytes());

      assertEquals(5_001, read(packed).routes());
      SourceReport cutOff = read(Arrays.copyOf(packed, packed.length / 2));
      assertThat(cutOff.routes()).isBetween(1_001L, 5_000L);
      assertThat(cutOff.problem().orElseThrow()).contains("cannot be read beyond record");
    }
  }

  private SourceReport read(byte[] file) {
    routes.told.clear();
    PeerSites peers =
        PeerSites.read("peers", new ByteArrayInputStream(PEERS.getBytes(UTF_8))).peers();
    InputStream source = new ByteArrayInputStream(file);
    return new MrtFile(peers, routes).read("table", source);
  }

  private static Entry entry(int peer, Segment... path) {
    return new Entry(peer, attributes(4, 0, path));
  }

  private static Told told(
      String prefix,
      String site,
      int preference,
      int path,
      long neighbour,
      long med,
      long originAsn) {
    RouteOrigin origin = new RouteOrigin(site, preference, path, neighbour, med, RouteSource.MRT);
    return new Told(IpPrefix.parse(prefix), origin, originAsn);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
