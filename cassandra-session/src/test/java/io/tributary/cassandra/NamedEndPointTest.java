package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamedEndPointTest {
  private static final InetAddress A = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress B = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress C = InetAddress.ofLiteral("192.0.2.3");

  private List<InetAddress> addresses = List.of();
  private final Random chance = new Random(42);
  private final NamedEndPoint point = new NamedEndPoint("db", 9042, this::resolve, () -> chance);

  @Test
  void eachConnectionTakesAnyAddressThatTheNameHasByThen() {
    addresses = List.of(A, B);
    assertThat(Stream.generate(point::resolve).limit(20))
        .contains(new InetSocketAddress(A, 9042), new InetSocketAddress(B, 9042));
    addresses = List.of(C);
    assertThat(point.resolve()).isEqualTo(new InetSocketAddress(C, 9042));
  }

  @Test
  void aNameWithoutAnAddressIsLeftUnresolved() {
    assertThat(point.resolve()).isEqualTo(InetSocketAddress.createUnresolved("db", 9042));
  }

  /** The driver knows its nodes by their end points. */
  @Test
  void itIsTheNameThatItIsKnownBy() {
    assertThat(point)
        .isEqualTo(new NamedEndPoint("db", 9042, name -> new InetAddress[] {A}, Random::new));
    assertThat(point).isNotEqualTo(new NamedEndPoint("db", 9043, this::resolve, () -> chance));
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException(name);
    }
    return addresses.toArray(InetAddress[]::new);
  }
}
