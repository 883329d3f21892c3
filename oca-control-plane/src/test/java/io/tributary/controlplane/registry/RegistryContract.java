package io.tributary.controlplane.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Registry} does. */
abstract class RegistryContract {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = THEN.plusSeconds(60);

  /** An empty one. */
  abstract Registry registry();

  @Test
  void whatWasPutIsReadBackByIdAndInOrder() {
    Registry registry = registry();
    Network two = network("n2", "Two", 0);
    Network oneAgain = network("n1", "One again", 4_294_967_295L);
    registry.putNetwork(two);
    registry.putNetwork(network("n1", "One", 64_512));
    registry.putNetwork(oneAgain);
    Site site = new Site("s1", "n1", "Place", null, null);
    registry.putSite(site);

    assertEquals(List.of(oneAgain, two), registry.networks());
    assertEquals(Optional.of(site), registry.site("s1"));
    assertEquals(List.of(site), registry.sites());
    assertEquals(Optional.empty(), registry.network("n3"));
  }

  @Test
  void grantsAreReadBackInTheirOrderUntilTheyArePutAnew() {
    Registry registry = registry();
    Network granted =
        new Network(
            "n1",
            "One",
            64_512,
            List.of("2001:db8::/32", "192.0.2.0/24"),
            List.of(4_294_967_295L, 64_512L));
    registry.putNetwork(granted);

    assertEquals(Optional.of(granted), registry.network("n1"));
    assertEquals(List.of(granted), registry.networks());

    Network withdrawn = network("n1", "One", 64_512);
    registry.putNetwork(withdrawn);

    assertEquals(Optional.of(withdrawn), registry.network("n1"));
  }

  @Test
  void coordinatesAreReadBackUntilTheyArePutAnew() {
    Registry registry = registry();
    Site told = new Site("s1", "n1", "Place", -33.8568, 151.2153);
    registry.putSite(told);

    assertEquals(Optional.of(told), registry.site("s1"));
    assertEquals(List.of(told), registry.sites());

    Site untold = new Site("s1", "n1", "Place", null, null);
    registry.putSite(untold);

    assertEquals(Optional.of(untold), registry.site("s1"));
  }

  @Test
  void enrollingAgainKeepsWhatOperatorsSaid() {
    Registry registry = registry();
    registry.enrol("a", "s1", THEN);
    registry.drain("a", true);
    registry.revoke("a");

    registry.enrol("a", "s2", LATER);

    assertEquals(Optional.of(new RegisteredNode("a", "s2", LATER, true, true)), registry.node("a"));
  }

  @Test
  void nobodyIsMadeByRevokingOrDraining() {
    Registry registry = registry();

    registry.revoke("nobody");
    registry.drain("nobody", true);

    assertEquals(List.of(), registry.nodes());
  }

  private static Network network(String id, String name, long asn) {
    return new Network(id, name, asn, List.of(), List.of());
  }
}
