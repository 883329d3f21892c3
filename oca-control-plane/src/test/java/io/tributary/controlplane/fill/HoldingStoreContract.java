package io.tributary.controlplane.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.media.PackageRef;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link HoldingStore} does. */
abstract class HoldingStoreContract {
  /** An empty one. */
  abstract HoldingStore store();

  @Test
  void theLastStateIsReadBackWhole() {
    HoldingStore store = store();
    Set<PackageRef> many = new HashSet<>();
    for (int i = 0; i < 1_234; i++) {
      many.add(new PackageRef("t" + i, "p1"));
    }
    HoldingHead first = new HoldingHead("d1", 1, "r1", many.size());
    HoldingHead second = new HoldingHead("", 1, "r2", 0);

    store.put("n", HoldingHead.NONE, new NodeHoldings(first, many));
    assertEquals(Map.of("n", first), store.heads());
    assertEquals(many, store.content("n", first));

    store.put("n", first, new NodeHoldings(second, Set.of()));
    assertEquals(Map.of("n", second), store.heads());
    assertEquals(Set.of(), store.content("n", first));
  }
}
