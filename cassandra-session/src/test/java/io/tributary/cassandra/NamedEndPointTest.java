package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedEndPointTest {
  private static final InetAddress A = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress B = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress C = InetAddress.ofLiteral("192.0.2.3");

  private List<InetAddress> addresses = List.of();

  @Test
  void eachAddressOfTheNameHasOne() {
    addresses = List.of(A, B);
    assertThat(points()).extracting(EndPoint::resolve).containsExactly(at(A), at(B));
  }

  @Test
  void oneStaysWithItsAddressForAsLongAsTheNameHasIt_andThenMoves() {
    addresses = List.of(A, B);
    EndPoint point = points().getLast();
    assertThat(point.resolve()).isEqualTo(at(B));
    addresses = List.of(C, B, A);
    assertThat(point.resolve()).isEqualTo(at(B));
    addresses = List.of(C);
    assertThat(point.resolve()).isEqualTo(at(C));
    addresses = List.of();
    assertThat(point.resolve()).isEqualTo(at(C));
  }

  @Test
  void aNameWithoutAnAddressHasOneThatIsUnresolvedUntilThereIs() {
    EndPoint point = points().getFirst();
    assertThat(points()).hasSize(1);
    assertThat(point.resolve()).isEqualTo(InetSocketAddress.createUnresolved("db", 9042));
    addresses = List.of(A, B);
    assertThat(point.resolve()).isEqualTo(at(A));
  }

  /** The driver knows its nodes by their end points. */
  @Test
  void theyAreTheirPlacesInTheName() {
    addresses = List.of(A, B);
    List<EndPoint> before = points();
    addresses = List.of(C, A);
    assertThat(points()).isEqualTo(before).doesNotHaveDuplicates();
  }

  private List<EndPoint> points() {
    return NamedEndPoint.all("db", 9042, this::resolve);
  }

  private static InetSocketAddress at(InetAddress address) {
    return new InetSocketAddress(address, 9042);
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException(name);
    }
    return addresses.toArray(InetAddress[]::new);
  }
}
