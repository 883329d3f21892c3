package io.tributary.controlplane.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.BoundedProbing.Probed;
import io.tributary.controlplane.health.Decision.Probe;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedProbingTest {
  private static final List<NodeEndpoint> SOMEWHERE = List.of(new NodeEndpoint("http", "node", 80));

  @Test
  void aFloodIsTriedUpToTheBoundAndTheRestEndsUntriedAtOnce() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    BoundedProbing probing =
        new BoundedProbing((_, _) -> {
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return List.of(ProbeOutcome.ANSWERED);
        });

    for (int node = 0; node < BoundedProbing.MOST_NODES + 5; node++) {
      probing.begin(new Probe("node-" + node, SOMEWHERE));
    }

    for (int node = 0; node < 5; node++) {
      String id = "node-" + (BoundedProbing.MOST_NODES + node);
      assertEquals(new Probed(id, SOMEWHERE, List.of()), probing.poll());
    }
    mayEnd.countDown();
    for (int node = 0; node < BoundedProbing.MOST_NODES; node++) {
      assertEquals(List.of(ProbeOutcome.ANSWERED), next(probing).outcomes());
    }
    probing.begin(new Probe("late", SOMEWHERE));
    assertEquals(new Probed("late", SOMEWHERE, List.of(ProbeOutcome.ANSWERED)), next(probing));
  }

  /** Else its node would never be probed again. */
  @Test
  void aProbeThatFailsEndsUntried() throws Exception {
    BoundedProbing probing =
        new BoundedProbing((_, _) -> {
          throw new IllegalStateException("on purpose");
        });

    probing.begin(new Probe("a", SOMEWHERE));

    assertEquals(new Probed("a", SOMEWHERE, List.of()), next(probing));
  }

  private static Probed next(BoundedProbing probing) throws InterruptedException {
    Probed next = probing.poll();
    while (next == null) {
      Thread.sleep(1);
      next = probing.poll();
    }
    return next;
  }
}
