package io.tributary.contracts.node;

import java.time.Instant;
import java.util.List;

/**
 * What a node served since its last log: {@code POST /oca/v1/serve-logs}. A repeat is known by
 * node, incarnation and sequence.
 *
 * @param nodeId must be the certificate's
 * @param incarnation as in the heartbeat
 * @param sequence from 0, one more with each log
 * @param sentAt the node's clock
 * @param dropped lines that the node could not keep since its last log
 * @param served at most {@link #MAX_LINES}
 */
public record ServeLog(
    String nodeId,
    long incarnation,
    long sequence,
    Instant sentAt,
    long dropped,
    List<ServedSegment> served) {
  /** A log, and the event made of it, stay under 512 KiB even if each line has its CMCD. */
  public static final int MAX_LINES = 250;

  public ServeLog {
    served = served == null ? List.of() : List.copyOf(served);
  }
}
