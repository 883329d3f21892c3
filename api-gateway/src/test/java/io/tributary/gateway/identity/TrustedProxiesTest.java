package io.tributary.gateway.identity;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
  private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "2001:db8::1"));

  @Test
  void aStrangersWordAboutItselfIsNotBelieved() {
    assertClient("203.0.113.9", "203.0.113.9", "198.51.100.1");
  }

  @Test
  void aListedProxysWordIsBelieved() {
    assertClient("198.51.100.1", "10.1.2.3", "198.51.100.1");
    assertClient("198.51.100.1", "2001:db8::1", "198.51.100.1:4711");
    assertClient("2001:db8:0:0:0:0:0:9", "10.1.2.3", "[2001:db8::9]:443");
  }

  @Test
  void ofSeveralHopsTheLastUnlistedOneIsTheClient() {
    assertClient("198.51.100.1", "10.1.2.3", "6.6.6.6, 198.51.100.1, 10.9.9.9");
    assertClient("198.51.100.1", "10.1.2.3", "6.6.6.6", "198.51.100.1, 10.9.9.9");
  }

  @Test
  void nonsenseEndsTheChain() {
    assertClient("10.9.9.9", "10.1.2.3", "198.51.100.1, localhost, 10.9.9.9");
    assertClient("10.1.2.3", "10.1.2.3", "");
  }

  @Test
  void withoutTheHeaderTheProxyIsTheClient() {
    assertClient("10.1.2.3", "10.1.2.3");
  }

  @Test
  void aNameIsNoBlock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedProxies(List.of("proxy.example")))
        .withMessage("trusted-proxies holds proxy.example (expected: addresses or CIDR blocks)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedProxies(List.of("10.0.0.0/33")));
  }

  private void assertClient(String expected, String socket, String... forwardedFor) {
    assertEquals(
        InetAddress.ofLiteral(expected),
        proxies.clientOf(InetAddress.ofLiteral(socket), List.of(forwardedFor)));
  }
}
