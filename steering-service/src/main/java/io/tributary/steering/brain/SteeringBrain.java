package io.tributary.steering.brain;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.explain.ClientNetwork;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionRecords;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.RendezvousRanker;
import io.tributary.steering.ranking.SteeringDecision;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.LoadBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every face: takes the snapshot and the load of this instant, ranks, and tells the
 * sinks. From memory alone; never blocks. Safe for use by many threads.
 */
public final class SteeringBrain {
  /**
   * Nodes without the package that are recorded as excluded, so that a reader sees why a small
   * fleet's node is missing; in a large fleet they say nothing and would swell the record.
   */
  private static final int NODES_WITHOUT_PACKAGE = 32;

  /** Where a node without a verdict stands is not known; it is never named. */
  private static final String UNKNOWN_SITE = "unknown";

  private final Fleet fleet;
  private final RendezvousRanker ranker;
  private final DecisionIds ids;
  private final List<DecisionSink> sinks;

  /** Decides by {@code fleet} and tells every decision to every sink. */
  public SteeringBrain(
      Fleet fleet, RendezvousRanker ranker, DecisionIds ids, List<DecisionSink> sinks) {
    this.fleet = fleet;
    this.ranker = ranker;
    this.ids = ids;
    this.sinks = List.copyOf(sinks);
  }

  /**
   * A play that needs nodes.
   *
   * @param playbackId the play
   * @param ref its package
   * @param clientAddress of the viewer, an IP address; empty where it is not known
   * @param maxNodes 1 to 8
   * @param traceId of the request; null where it has none
   * @param cohort whose traffic it is
   */
  public record Question(
      String playbackId,
      PackageRef ref,
      String clientAddress,
      int maxNodes,
      @Nullable String traceId,
      Cohort cohort) {}

  /** What a face answers with. */
  public sealed interface Answer {
    /** A decision was made. */
    record Decided(Ranking ranking) implements Answer {}

    /** Nothing is known of the fleet yet: neither a saved snapshot nor a first reading. */
    record NothingKnown() implements Answer {}
  }

  /** Decides one play. */
  public Answer decide(Question question, Instant at) {
    if (!fleet.isUsable()) {
      return new Answer.NothingKnown();
    }
    FleetSnapshot snapshot = fleet.snapshot();
    SteeringDecision decision =
        ranker.rank(
            question.playbackId(), question.maxNodes(), at, candidates(snapshot, question.ref()));
    long ageMillis = fleet.age(at).map(Duration::toMillis).orElse(Long.MAX_VALUE);
    DecisionRecord record =
        new DecisionRecord(
            ids.next(),
            RendezvousRanker.POLICY_VERSION,
            question.playbackId(),
            question.ref().titleId(),
            question.ref().packageVersion(),
            ClientNetwork.of(question.clientAddress()),
            snapshot.version(),
            ageMillis,
            question.maxNodes(),
            DecisionRecords.candidates(decision),
            DecisionRecords.order(decision),
            at);
    String outcome = DecisionRecords.outcome(decision);
    DecisionSink.Decision told =
        new DecisionSink.Decision(record, outcome, at, question.traceId(), question.cohort());
    sinks.forEach(sink -> sink.decided(told));
    return new Answer.Decided(
        new Ranking(
            record.decisionId(),
            snapshot.version(),
            ageMillis,
            named(snapshot, record.order()),
            outcome));
  }

  private List<Candidate> candidates(FleetSnapshot snapshot, PackageRef ref) {
    SortedSet<String> holders = snapshot.holders(ref);
    List<Candidate> candidates = new ArrayList<>();
    for (String nodeId : holders) {
      KnownNode node = snapshot.nodes().get(nodeId);
      candidates.add(
          node == null
              ? new Candidate(nodeId, UNKNOWN_SITE, null, true, false, null, 0, 0)
              : candidate(node, true));
    }
    snapshot.nodes().values().stream()
        .filter(node -> !holders.contains(node.nodeId()))
        .limit(NODES_WITHOUT_PACKAGE)
        .forEach(node -> candidates.add(candidate(node, false)));
    return candidates;
  }

  private Candidate candidate(KnownNode node, boolean holds) {
    LoadBoard.Load load = fleet.loads().of(node.nodeId());
    return new Candidate(
        node.nodeId(),
        node.siteId(),
        node.health(),
        holds,
        node.baseUrl() != null,
        node.certificateNotAfter(),
        load.egressCapacityBitsPerSecond(),
        load.egressBitsPerSecond());
  }

  private static List<Ranking.Node> named(FleetSnapshot snapshot, List<String> order) {
    List<Ranking.Node> named = new ArrayList<>();
    for (String nodeId : order) {
      KnownNode node = snapshot.nodes().get(nodeId);
      if (node != null && node.baseUrl() != null) { // always so: the ranker names no other
        named.add(new Ranking.Node(nodeId, node.siteId(), node.baseUrl()));
      }
    }
    return named;
  }
}
