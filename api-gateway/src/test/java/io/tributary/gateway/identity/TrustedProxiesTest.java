package io.tributary.gateway.identity;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
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

  /** A client may write anything; the proxies behind it write where they were asked from. */
  @Test
  void whateverAClientWritesItsOwnAddressComesOut() {
    Random random = new Random(20261127);
    List<String> words =
        List.of(
            "10.0.0.1",
            "2001:db8::1",
            "127.0.0.1",
            "::1",
            "",
            " ",
            ",",
            "x",
            "10.0.0.1:80",
            "[",
            "]:",
            "\u0000",
            "::ffff:10.0.0.1",
            "0",
            "10",
            "1".repeat(5_000));
    for (int round = 0; round < 50_000; round++) {
      String client = "203.0.113." + random.nextInt(256);
      StringBuilder chain = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        chain.append(words.get(random.nextInt(words.size()))).append(',');
      }
      chain.append(client);
      for (int i = random.nextInt(4); i > 0; i--) {
        chain.append(random.nextBoolean() ? "," : ", ").append("10.0.0.").append(random.nextInt(9));
      }
      assertClient(client, "10.1.2.3", chain.toString());
      assertClient(client, client, chain.toString());
    }
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
