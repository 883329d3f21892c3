package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.Grants.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final long THEIR_ASN = 64_500;

  private final Grants grants =
      new Grants(
          List.of(
              new NetworkGrant(
                  "isp",
                  Set.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("2001:db8::/32")),
                  Set.of(THEIR_ASN)),
              new NetworkGrant("isp", Set.of(IpPrefix.parse("192.0.2.0/24")), Set.of()),
              new NetworkGrant("campus", Set.of(), Set.of())));

  @Test
  void aPrefixInAGrantedOneCounts() {
    assertEquals(Verdict.GRANTED, judge("isp", "10.0.0.0/8", 0));
    assertEquals(Verdict.GRANTED, judge("isp", "10.9.8.0/24", 0));
    assertEquals(Verdict.GRANTED, judge("isp", "2001:db8:1::/48", 0));
    assertEquals(Verdict.GRANTED, judge("isp", "192.0.2.1/32", 0));
  }

  @Test
  void aPrefixThatOnlyOverlapsWithAGrantedOneDoesNot() {
    assertEquals(Verdict.NOT_GRANTED, judge("isp", "10.0.0.0/7", 0));
    assertEquals(Verdict.NOT_GRANTED, judge("isp", "0.0.0.0/0", 0));
    assertEquals(Verdict.NOT_GRANTED, judge("isp", "11.0.0.0/24", 0));
    assertEquals(Verdict.NOT_GRANTED, judge("isp", "a00::/8", 0));
  }

  @Test
  void aPrefixOfAGrantedOriginCounts() {
    assertEquals(Verdict.GRANTED, judge("isp", "198.51.100.0/24", THEIR_ASN));
    assertEquals(Verdict.NOT_GRANTED, judge("isp", "198.51.100.0/24", THEIR_ASN + 1));
  }

  @Test
  void anOriginVouchesForNoMoreThanANetworkCanHave() {
    assertEquals(Verdict.GRANTED, judge("isp", "12.0.0.0/8", THEIR_ASN));
    assertEquals(Verdict.TOO_WIDE, judge("isp", "12.0.0.0/7", THEIR_ASN));
    assertEquals(Verdict.TOO_WIDE, judge("isp", "0.0.0.0/0", THEIR_ASN));
    assertEquals(Verdict.GRANTED, judge("isp", "2a00::/16", THEIR_ASN));
    assertEquals(Verdict.TOO_WIDE, judge("isp", "2000::/3", THEIR_ASN));
  }

  @Test
  void whatAnotherNetworkIsGrantedDoesNotCount() {
    assertEquals(Verdict.NOT_GRANTED, judge("campus", "10.0.0.0/8", THEIR_ASN));
    assertEquals(Verdict.NOT_GRANTED, judge("nobody", "10.0.0.0/8", THEIR_ASN));
  }

  private Verdict judge(String networkId, String prefix, long originAsn) {
    return grants.judge(networkId, IpPrefix.parse(prefix), originAsn);
  }
}
