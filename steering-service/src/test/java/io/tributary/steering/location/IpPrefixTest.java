package io.tributary.steering.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpPrefixTest {
  @Test
  void whatIsReadIsWrittenAsItIsUsuallyWritten() {
    for (String text :
        List.of(
            "0.0.0.0/0",
            "128.0.0.0/1",
            "192.0.2.0/24",
            "255.255.255.255/32",
            "::/0",
            "2001:db8::/32",
            "2001:db8:0:1::/64",
            "2001:0:0:1::/64",
            "::1/128",
            "1:0:2:0:3:0:4:5/128",
            "8000::/1",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128")) {
      assertEquals(text, IpPrefix.parse(text).toString());
    }
    assertEquals("2001:db8::/32", IpPrefix.parse("2001:0DB8:0:0::/32").toString());
  }

  @Test
  void anIpv4MappedPrefixIsIpv4() {
    assertEquals(IpPrefix.parse("192.0.2.0/24"), IpPrefix.parse("::ffff:192.0.2.0/120"));
    assertEquals(IpPrefix.parse("192.0.2.0/24"), IpPrefix.parse("::FFFF:C000:200/120"));
    assertEquals(IpPrefix.parse("0.0.0.0/0"), IpPrefix.parse("::ffff:0:0/96"));
    assertThatThrownBy(() -> IpPrefix.parse("::ffff:0:0/95"))
        .hasMessageContaining("::ffff:0:0/95 (expected: of an IPv4-mapped address, a length of 96");
  }

  @Test
  void bitsBeyondTheLengthAreRefusedAndTheRefusalTellsWhatWasMeant() {
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0.1/8"))
        .hasMessage(
            "prefix is 10.0.0.1/8 (expected: no bit set beyond its length, as in 10.0.0.0/8)");
    assertThatThrownBy(() -> IpPrefix.parse("2001:db8::1/64"))
        .hasMessageContaining("as in 2001:db8::/64");
  }

  @Test
  void aCoverageZoneFilesBitsBeyondTheLengthAreDropped() {
    assertEquals("2001:dead:beef::/48", IpPrefix.parseMasked("2001:DEAD:BEEF:7::/48").toString());
    assertEquals("2001:cafe:f000::/37", IpPrefix.parseMasked("2001:CAFE:F00D:7::/37").toString());
    assertEquals("10.1.2.3/32", IpPrefix.parseMasked("10.1.2.3").toString());
  }

  @Test
  void whatIsNoPrefixIsRefused() {
    for (String text :
        List.of(
            "",
            "/",
            "10.0.0.0",
            "10.0.0/8",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/08",
            "10.0.0.0/8/8",
            "010.0.0.0/8",
            "256.0.0.0/8",
            "1.2.3.4.5/8",
            "1..2.3/8",
            "1.2.3./8",
            "1.2.3.4./8",
            ".1.2.3/8",
            "1.2.3.1000/8",
            "1.2.3.+4/8",
            "1.2.3.٣/8",
            "0x0a.0.0.0/8",
            "::/129",
            ":::/0",
            "1::2::3/64",
            "g::/16",
            "[::]/0",
            "fe80::%eth0/64",
            "localhost/8",
            " 10.0.0.0/8",
            "10.0.0.0/8 ",
            "12345::/16",
            "2001:db8::/٣٢",
            "1".repeat(100_000))) {
      assertThatThrownBy(() -> IpPrefix.parse(text))
          .as(text.substring(0, Math.min(20, text.length())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(expected:");
    }
  }

  @Test
  void aPrefixCoversItselfAndWhatBeginsWithItsBits() {
    IpPrefix ten = IpPrefix.parse("10.0.0.0/8");
    assertThat(ten.covers(ten)).isTrue();
    assertThat(ten.covers(IpPrefix.parse("10.255.0.0/16"))).isTrue();
    assertThat(ten.covers(IpPrefix.parse("11.0.0.0/16"))).isFalse();
    assertThat(ten.covers(IpPrefix.parse("0.0.0.0/0"))).isFalse();
    assertThat(IpPrefix.parse("::/0").covers(ten)).isFalse();
  }

  /** The JDK reads and writes addresses independently. */
  @Test
  void anyAddressIsReadAsTheJdkReadsIt() throws Exception {
    long seed = 41;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = random.nextInt(3) == 0 ? bytes[j] : 0;
      }
      InetAddress address = InetAddress.getByAddress(bytes);
      IpPrefix prefix = IpPrefix.ofAddress(address);
      String text = prefix.toString().substring(0, prefix.toString().indexOf('/'));
      assertEquals(address, InetAddress.ofLiteral(text), "seed " + seed);
      assertEquals(prefix, IpPrefix.ofAddress(address.getHostAddress()), "seed " + seed);
    }
  }
}
