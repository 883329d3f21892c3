package io.tributary.gateway.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final URI PLAYBACK = URI.create("http://playback:8080");
  private static final URI ADMIN = URI.create("http://playback:8081");
  private static final URI PIPELINE = URI.create("http://media_pipeline:8080");
  private static final URI V4 = URI.create("http://192.0.2.7:8080");
  private static final URI V6 = URI.create("https://[2001:db8::7]");

  private final Map<String, List<String>> names = new HashMap<>();
  private final HostAddresses addresses =
      new HostAddresses(
          List.of(PLAYBACK, ADMIN, PIPELINE, V4, V6), Duration.ofSeconds(5), this::resolve);

  @Test
  void eachAddressOfANameIsAReplicaOfEachUrlWithIt() {
    names.put("playback", List.of("192.0.2.2", "192.0.2.1"));
    addresses.ask();
    assertEquals(replicas(PLAYBACK, "192.0.2.1", "192.0.2.2"), addresses.replicas(PLAYBACK));
    assertEquals(replicas(ADMIN, "192.0.2.1", "192.0.2.2"), addresses.replicas(ADMIN));
  }

  @Test
  void anAddressInAUrlIsKnownWithoutAsking() {
    assertEquals(replicas(V4, "192.0.2.7"), addresses.replicas(V4));
    assertEquals(replicas(V6, "2001:db8::7"), addresses.replicas(V6));
    assertEquals(List.of(), addresses.replicas(PLAYBACK));
    assertEquals(
        Set.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")),
        addresses.all());
  }

  @Test
  void whatIsNewIsThereAndWhatVanishedIsGone_afterTheNextQuestion() {
    names.put("playback", List.of("192.0.2.1", "192.0.2.2"));
    addresses.ask();
    names.put("playback", List.of("192.0.2.2", "192.0.2.3"));
    addresses.ask();
    assertEquals(replicas(PLAYBACK, "192.0.2.2", "192.0.2.3"), addresses.replicas(PLAYBACK));
  }

  @Test
  void withoutAnAnswerTheLastOneHolds() {
    names.put("playback", List.of("192.0.2.1"));
    names.put("media_pipeline", List.of("192.0.2.9"));
    addresses.ask();
    names.remove("playback");
    names.put("media_pipeline", List.of());
    addresses.ask();
    assertEquals(replicas(PLAYBACK, "192.0.2.1"), addresses.replicas(PLAYBACK));
    assertEquals(replicas(PIPELINE, "192.0.2.9"), addresses.replicas(PIPELINE));
  }

  @Test
  void aReplicaWithBothKindsOfAddressCountsOnce() {
    names.put("playback", List.of("192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"));
    addresses.ask();
    assertEquals(replicas(PLAYBACK, "192.0.2.1", "192.0.2.2"), addresses.replicas(PLAYBACK));
  }

  /** Within the time of a start, though playback's answer never comes. */
  @Test
  void aResolverThatHangsHoldsUpNoOtherName() {
    CountDownLatch never = new CountDownLatch(1);
    names.put("media_pipeline", List.of("192.0.2.9"));
    try (HostAddresses watched =
        new HostAddresses(
            List.of(PLAYBACK, PIPELINE),
            Duration.ofSeconds(5),
            name -> {
              try {
                if (name.equals("playback")) {
                  never.await();
                }
              } catch (InterruptedException end) {
                throw new UnknownHostException(end.toString());
              }
              return resolve(name);
            })) {
      assertTimeoutPreemptively(Duration.ofSeconds(30), watched::start);
      assertEquals(List.of(), watched.replicas(PLAYBACK));
      assertEquals(replicas(PIPELINE, "192.0.2.9"), watched.replicas(PIPELINE));
    }
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    List<String> found = names.get(name);
    if (found == null) {
      throw new UnknownHostException(name);
    }
    return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private static List<Replica> replicas(URI baseUrl, String... addresses) {
    return Stream.of(addresses)
        .map(address -> new Replica(baseUrl, InetAddress.ofLiteral(address)))
        .toList();
  }
}
