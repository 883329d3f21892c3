package io.tributary.steering.reports;

import io.tributary.steering.location.ClientNetwork;
import java.time.Instant;
import java.util.Set;

/**
 * What one report of a play says of nodes. That the play is the reporter's, and that it was given
 * these nodes, playback-service has checked.
 *
 * @param playbackId the play
 * @param network whence it was sent
 * @param receivedAt playback-service's clock
 * @param named the nodes that it speaks of
 * @param blamed those of them that it had errors with
 */
record Report(
    String playbackId,
    ClientNetwork network,
    Instant receivedAt,
    Set<String> named,
    Set<String> blamed) {
  Report {
    named = Set.copyOf(named);
    blamed = Set.copyOf(blamed);
  }
}
