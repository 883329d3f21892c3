package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {
  @Test
  void givenAnAddress_whenCut_thenItNamesANetworkOfManyHouseholds() {
    assertEquals("192.0.2.0/24", network("192.0.2.77").toString());
    assertEquals("2001:db8:1::/48", network("2001:db8:1:2:3:4:5:6").toString());
    assertEquals("fe80::/48", network("fe80::1%eth0").toString());
    assertEquals("192.0.2.0/24", network("::ffff:192.0.2.77").toString());
  }

  @Test
  void givenANetwork_whenItsFirstAddressIsAsked_thenAllElseIsZero() {
    assertEquals(InetAddress.ofLiteral("192.0.2.0"), network("192.0.2.77").firstAddress());
    assertEquals(
        InetAddress.ofLiteral("2001:db8:1::"), network("2001:db8:1:2:3:4:5:6").firstAddress());
  }

  @Test
  void givenNoAddress_whenCut_thenEmptyOrRefused() {
    assertEquals(true, ClientNetwork.of("").isEmpty());
    assertThrows(IllegalArgumentException.class, () -> ClientNetwork.of("example.org"));
    assertThrows(
        IllegalArgumentException.class, () -> new ClientNetwork(IpPrefix.parse("192.0.2.0/25")));
  }

  private static ClientNetwork network(String address) {
    return ClientNetwork.of(address).orElseThrow();
  }
}
