package io.tributary.controlplane.health;

import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.Decision.Probe;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries nodes' addresses beside the detector's thread: at most {@link #MOST_NODES} nodes at a time,
 * and nobody waits. What comes beyond that ends untried at once, and the detector asks again when
 * it still wants to know.
 *
 * <p>Safe for use by many threads.
 */
final class BoundedProbing {
  /**
   * A probe ends within {@link EndpointProbe#LONGEST}, so even nodes that never answer are tried at
   * least 256 a second; their sockets, a few a node, are far below a process's files.
   */
  static final int MOST_NODES = 256;

  private static final Logger LOG = LoggerFactory.getLogger(BoundedProbing.class);

  private final EndpointProbe probe;
  private final Semaphore free = new Semaphore(MOST_NODES);

  /** At most one a node, because a node's next probe is asked for after its last one's end. */
  private final Queue<Probed> ended = new ConcurrentLinkedQueue<>();

  /** The end of a probe; without outcomes if it was not tried. */
  record Probed(String nodeId, List<NodeEndpoint> asked, List<ProbeOutcome> outcomes) {}

  BoundedProbing(EndpointProbe probe) {
    this.probe = probe;
  }

  /** Tries these addresses; returns at once. */
  void begin(Probe asked) {
    if (free.tryAcquire()) {
      Thread.startVirtualThread(() -> run(asked));
    } else {
      end(asked, List.of());
    }
  }

  /** The next probe that has ended; null if there is none. */
  @Nullable Probed poll() {
    return ended.poll();
  }

  private void run(Probe asked) {
    List<ProbeOutcome> outcomes = List.of();
    try {
      outcomes = probe.tried(asked.nodeId(), asked.endpoints());
    } catch (RuntimeException e) {
      LOG.error("node={} event=probe-failed", asked.nodeId(), e);
    } finally {
      free.release();
      end(asked, outcomes);
    }
  }

  private void end(Probe asked, List<ProbeOutcome> outcomes) {
    ended.add(new Probed(asked.nodeId(), asked.endpoints(), outcomes));
  }
}
