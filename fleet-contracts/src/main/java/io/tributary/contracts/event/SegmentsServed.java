package io.tributary.contracts.event;

import io.tributary.contracts.node.ServedSegment;
import java.time.Instant;
import java.util.List;

/**
 * A node's serve log arrived. Written by whichever control-plane replica took it.
 *
 * @param nodeId the node
 * @param siteId from its certificate
 * @param incarnation as sent
 * @param sequence as sent
 * @param receivedAt the control plane's clock
 * @param clockSkewMillis the node's clock less ours
 * @param dropped as sent
 * @param served as sent
 */
public record SegmentsServed(
    String nodeId,
    String siteId,
    long incarnation,
    long sequence,
    Instant receivedAt,
    long clockSkewMillis,
    long dropped,
    List<ServedSegment> served) {
  /** The envelope's type. */
  public static final String TYPE = "segments-served";

  public SegmentsServed {
    served = served == null ? List.of() : List.copyOf(served);
  }
}
