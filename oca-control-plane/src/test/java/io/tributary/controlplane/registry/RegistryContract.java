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
    registry.putNetwork(new Network("n2", "Two", 0));
    registry.putNetwork(new Network("n1", "One", 64_512));
    registry.putNetwork(new Network("n1", "One again", 4_294_967_295L));
    registry.putSite(new Site("s1", "n1", "Place"));

    assertEquals(
        List.of(new Network("n1", "One again", 4_294_967_295L), new Network("n2", "Two", 0)),
        registry.networks());
    assertEquals(Optional.of(new Site("s1", "n1", "Place")), registry.site("s1"));
    assertEquals(Optional.empty(), registry.network("n3"));
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
}
