package io.tributary.playback.plays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final URI STEERING = URI.create("http://steering:8080");
  private static final URI AGAIN = URI.create("http://steering:8081");
  private static final URI OTHER = URI.create("http://other:8080");
  private static final URI V4 = URI.create("http://192.0.2.7:8080");
  private static final URI V6 = URI.create("https://[2001:db8::7]");

  private final Map<String, List<String>> names = new HashMap<>();
  private final HostAddresses addresses =
      new HostAddresses(
          List.of(STEERING, AGAIN, OTHER, V4, V6), Duration.ofSeconds(5), this::resolve);

  @Test
  void aNameHasAllItsAddressesInEachUrlWithIt() {
    names.put("steering", List.of("192.0.2.2", "192.0.2.1"));
    addresses.ask();
    assertEquals(literals("192.0.2.1", "192.0.2.2"), addresses.of(STEERING));
    assertEquals(literals("192.0.2.1", "192.0.2.2"), addresses.of(AGAIN));
  }

  @Test
  void anAddressInAUrlIsKnownWithoutAsking() {
    assertEquals(literals("192.0.2.7"), addresses.of(V4));
    assertEquals(literals("2001:db8::7"), addresses.of(V6));
    assertEquals(List.of(), addresses.of(STEERING));
  }

  @Test
  void whatIsNewIsThereAndWhatVanishedIsGone_afterTheNextQuestion() {
    names.put("steering", List.of("192.0.2.1", "192.0.2.2"));
    addresses.ask();
    names.put("steering", List.of("192.0.2.2", "192.0.2.3"));
    addresses.ask();
    assertEquals(literals("192.0.2.2", "192.0.2.3"), addresses.of(STEERING));
  }

  @Test
  void withoutAnAnswerTheLastOneHolds() {
    names.put("steering", List.of("192.0.2.1"));
    names.put("other", List.of("192.0.2.9"));
    addresses.ask();
    names.remove("steering");
    names.put("other", List.of());
    addresses.ask();
    assertEquals(literals("192.0.2.1"), addresses.of(STEERING));
    assertEquals(literals("192.0.2.9"), addresses.of(OTHER));
  }

  @Test
  void aReplicaWithBothKindsOfAddressCountsOnce() {
    names.put("steering", List.of("192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"));
    addresses.ask();
    assertEquals(literals("192.0.2.1", "192.0.2.2"), addresses.of(STEERING));
  }

  /** Within the time of a start, though steering's answer never comes. */
  @Test
  void aResolverThatHangsHoldsUpNoOtherName() {
    CountDownLatch never = new CountDownLatch(1);
    names.put("other", List.of("192.0.2.9"));
    try (HostAddresses watched =
        new HostAddresses(
            List.of(STEERING, OTHER),
            Duration.ofSeconds(5),
            name -> {
              try {
                if (name.equals("steering")) {
                  never.await();
                }
              } catch (InterruptedException end) {
                throw new UnknownHostException(end.toString());
              }
              return resolve(name);
            })) {
      assertTimeoutPreemptively(Duration.ofSeconds(30), watched::start);
      assertEquals(List.of(), watched.of(STEERING));
      assertEquals(literals("192.0.2.9"), watched.of(OTHER));
    }
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    List<String> found = names.get(name);
    if (found == null) {
      throw new UnknownHostException(name);
    }
    return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private static List<InetAddress> literals(String... addresses) {
    return Stream.of(addresses).map(InetAddress::ofLiteral).toList();
  }
}
