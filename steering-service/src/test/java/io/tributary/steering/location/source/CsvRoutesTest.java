package io.tributary.steering.location.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.source.PeerSites.SitePreference;
import io.tributary.steering.location.source.RecordedRoutes.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvRoutesTest {
  private final RecordedRoutes routes = new RecordedRoutes();

  @Test
  void eachLineIsAPrefixASiteAndMaybeAPreference() {
    SourceReport report =
        read(
            "\uFEFFprefix,site,preference\r\n# ours\r\n\r\n10.0.0.0/8,campus\r\n 2001:db8::/32 , dorm , 300 \r\n");

    assertEquals(
        List.of(told("10.0.0.0/8", "campus", 100), told("2001:db8::/32", "dorm", 300)),
        routes.told);
    assertEquals(Optional.empty(), report.problem());
    assertEquals(2, report.routes());
  }

  @Test
  void aBadLineIsSetAsideWithItsNumberAndTheOthersAreRead() {
    SourceReport report =
        read(
            """
            10.0.0.0/8,campus
            10.0.0.1/8,campus
            11.0.0.0/8
            11.0.0.0/8,Campus!
            11.0.0.0/8,campus,1001
            11.0.0.0/8,campus,-1
            11.0.0.0/8,campus,5,6
            12.0.0.0/8,campus
            """);

    assertEquals(2, report.routes());
    assertEquals(6, report.setAside(SetAsideReason.MALFORMED));
    assertEquals(3, report.examples().size());
    assertEquals(
        new SourceReport.Example(
            SetAsideReason.MALFORMED,
            "line 2",
            "prefix is 10.0.0.1/8 (expected: no bit set beyond its length, as in 10.0.0.0/8)"),
        report.examples().getFirst());
  }

  @Test
  void anEndlessLineIsPassedOver() {
    SourceReport report = read("1".repeat(5_000_000) + "\n12.0.0.0/8,campus");

    assertEquals(1, report.routes());
    assertEquals(1, report.setAside(SetAsideReason.TOO_LONG));
  }

  @Test
  void aSourceThatBreaksOffIsReadAsFarAsItGoes() {
    InputStream start = new ByteArrayInputStream("10.0.0.0/8,campus\n".getBytes(UTF_8));
    InputStream end =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk is gone");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("disk is gone");
          }
        };
    InputStream broken = new SequenceInputStream(start, end);

    SourceReport report = new CsvRoutes(routes).read("list", broken);

    assertThat(report.problem()).hasValue("cannot be read: disk is gone");
  }

  @Test
  void aPeerIsFoundByAddressAndAsnThenByAddressThenByAsn() {
    PeerSites.Read read =
        PeerSites.read(
            "peers",
            new ByteArrayInputStream(
                """
                address,asn,site,preference
                192.0.2.1,64500,both
                192.0.2.1,,address,200
                ,64500,asn
                ,64500,again
                ,,none
                nowhere,64500,none
                192.0.2.2,4294967296,none
                """
                    .getBytes(UTF_8)));

    assertEquals(4, read.report().setAside(SetAsideReason.MALFORMED));
    assertEquals(new SitePreference("both", 100), find(read, "192.0.2.1", 64_500));
    assertEquals(new SitePreference("address", 200), find(read, "192.0.2.1", 64_501));
    assertEquals(new SitePreference("asn", 100), find(read, "2001:db8::1", 64_500));
    assertNull(read.peers().find(new RouterPeer(IpPrefix.ofAddress("192.0.2.2"), 64_501)));
  }

  private static SitePreference find(PeerSites.Read read, String address, long asn) {
    SitePreference found = read.peers().find(new RouterPeer(IpPrefix.ofAddress(address), asn));
    return Objects.requireNonNull(found);
  }

  private SourceReport read(String text) {
    return new CsvRoutes(routes).read("list", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static Told told(String prefix, String siteId, int preference) {
    return new Told(
        IpPrefix.parse(prefix), RouteOrigin.said(siteId, preference, RouteSource.CSV), -1);
  }
}
