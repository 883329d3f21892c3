package io.tributary.oca.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.oca.heartbeat.DoorAddresses.Place;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorAddressesTest {
  private static final URI NEAR = URI.create("https://near.test:8443/");
  private static final URI FAR = URI.create("https://far.test");
  private static final InetAddress A = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress B = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress C = InetAddress.ofLiteral("2001:db8::3");

  private final Map<String, List<InetAddress>> names =
      new HashMap<>(Map.of("near.test", List.of(A, B), "far.test", List.of(C)));
  private final DoorAddresses door =
      new DoorAddresses(List.of(NEAR, FAR), Duration.ofSeconds(10), this::resolve);

  @Test
  void theOneThatAnsweredLastIsFirst_andTheOthersFollowInTheirOrder() throws Exception {
    Place a = new Place(NEAR, A);
    Place b = new Place(NEAR, B);
    Place c = new Place(FAR, C);
    assertThat(door.inTurn()).containsExactly(a, b, c);
    door.answered(b);
    assertThat(door.inTurn()).containsExactly(b, c, a);
    names.put("near.test", List.of(A));
    assertThat(door.inTurn()).containsExactly(a, c);
  }

  @Test
  void aNameThatDoesNotResolveKeepsItsAddresses_andOneThatNeverDidHasNone() throws Exception {
    names.remove("far.test");
    assertThat(door.inTurn()).extracting(Place::address).containsExactly(A, B);
    names.clear();
    assertThat(door.inTurn()).extracting(Place::address).containsExactly(A, B);
  }

  @Test
  void aPlacesUrlHasItsAddress() {
    assertThat(new Place(NEAR, A).at("/oca/v1/plan?cursor=x"))
        .hasToString("https://192.0.2.1:8443/oca/v1/plan?cursor=x");
    assertThat(new Place(FAR, C).at("/oca/v1/config"))
        .hasToString("https://[2001:db8:0:0:0:0:0:3]/oca/v1/config");
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    List<InetAddress> found = names.get(name);
    if (found == null) {
      throw new UnknownHostException(name);
    }
    return found.toArray(InetAddress[]::new);
  }
}
