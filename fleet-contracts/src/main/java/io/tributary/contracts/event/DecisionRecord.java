package io.tributary.contracts.event;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a steering decision was made from: another process recomputes the same order from this
 * alone.
 *
 * @param decisionId named in the answer
 * @param policyVersion of the code's rules; a reader of another version may not recompute
 * @param playbackId the hash's salt
 * @param titleId the title
 * @param packageVersion the package
 * @param clientAddress truncated to its /24 or /48
 * @param snapshotVersion decided from
 * @param snapshotAgeMillis since the last fact reached it
 * @param maxNodes asked for
 * @param candidates every node that was considered, by id
 * @param order the nodes named, best first
 * @param bitsPerSecond what the play will take of a node; null in a record from before it was
 *     written
 * @param location how the client was located, for people: a line for the nearest tier and for each
 *     that has a candidate
 * @param decidedAt the time that certificates' ends were held against; null in a record from before
 *     it was written
 * @param manifestNodes of a play that runs: the nodes of its manifest, best first; empty for a play
 *     that began
 */
public record DecisionRecord(
    String decisionId,
    int policyVersion,
    String playbackId,
    String titleId,
    String packageVersion,
    String clientAddress,
    long snapshotVersion,
    long snapshotAgeMillis,
    int maxNodes,
    List<Candidate> candidates,
    List<String> order,
    @Nullable Long bitsPerSecond,
    List<String> location,
    @Nullable Instant decidedAt,
    List<String> manifestNodes) {
  /** The envelope's type. */
  public static final String TYPE = "decision";

  public DecisionRecord {
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
    order = order == null ? List.of() : List.copyOf(order);
    location = location == null ? List.of() : List.copyOf(location);
    manifestNodes = manifestNodes == null ? List.of() : List.copyOf(manifestNodes);
  }

  /**
   * A node that was considered.
   *
   * @param nodeId the node
   * @param siteId where it stands
   * @param exclusion why it was not named, e.g. {@code unhealthy}; null if it qualified
   * @param scores the terms by name; empty if excluded. Kept as it is given, since steering makes
   *     millions a second: give one that nobody changes
   * @param facts what exclusion and scores follow from; null in a record from before it was written
   */
  public record Candidate(
      String nodeId,
      String siteId,
      @Nullable String exclusion,
      Map<String, Double> scores,
      @Nullable Facts facts) {
    public Candidate {
      scores = scores == null ? Map.of() : Collections.unmodifiableMap(scores);
    }
  }

  /**
   * What was known of a node at that instant.
   *
   * @param health the verdict; null for a node without one
   * @param holds whether it had confirmed the package
   * @param addressed whether an address of it was proven reachable
   * @param certificateNotAfter its certificate's end; null for a node without a verdict
   * @param egressCapacityBitsPerSecond what it may send
   * @param egressBitsPerSecond what it sent
   * @param tier how near its site is to the client, 0 is the nearest; null, as the next two, in a
   *     record from before it was written
   * @param reservedBitsPerSecond of plays that were sent to it and are not in that figure yet
   * @param penalty by what clients report of it, 0 for none to 1
   * @param kind whose it is; null for the fleet's own
   */
  public record Facts(
      @Nullable NodeHealth health,
      boolean holds,
      boolean addressed,
      @Nullable Instant certificateNotAfter,
      long egressCapacityBitsPerSecond,
      long egressBitsPerSecond,
      @Nullable Integer tier,
      @Nullable Long reservedBitsPerSecond,
      @Nullable Double penalty,
      @Nullable NodeKind kind) {}
}
