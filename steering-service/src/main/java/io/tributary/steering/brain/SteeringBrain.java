package io.tributary.steering.brain;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionRecords;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.SiteTiers;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.Play;
import io.tributary.steering.ranking.SteeringDecision;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.LoadBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every face: takes the snapshot, the load and what is known of nearness at this
 * instant, ranks, and tells the sinks. From memory alone; never blocks. Safe for use by many
 * threads.
 */
public final class SteeringBrain {
  /**
   * Nodes without the package that are recorded as excluded, so that a reader sees why a small
   * fleet's node is missing; in a large fleet they say nothing and would swell the record.
   */
  private static final int NODES_WITHOUT_PACKAGE = 32;

  /** What a play takes when nobody says: a good picture of a television. */
  public static final long USUAL_BITS_PER_SECOND = 5_000_000;

  /** Where a node without a verdict stands is not known; it is never named. */
  private static final String UNKNOWN_SITE = "unknown";

  private final Fleet fleet;
  private final Supplier<Nearness> nearness;
  private final NearnessRanker ranker;
  private final DecisionIds ids;
  private final List<DecisionSink> sinks;
  private final Penalties penalties;

  /** As with penalties, where no client reports. */
  public SteeringBrain(
      Fleet fleet,
      Supplier<Nearness> nearness,
      NearnessRanker ranker,
      DecisionIds ids,
      List<DecisionSink> sinks) {
    this(fleet, nearness, ranker, ids, sinks, Penalties.NONE);
  }

  /**
   * Decides by {@code fleet}, {@code nearness} and {@code penalties}, and tells every decision to
   * every sink.
   */
  public SteeringBrain(
      Fleet fleet,
      Supplier<Nearness> nearness,
      NearnessRanker ranker,
      DecisionIds ids,
      List<DecisionSink> sinks,
      Penalties penalties) {
    this.fleet = fleet;
    this.nearness = nearness;
    this.ranker = ranker;
    this.ids = ids;
    this.sinks = List.copyOf(sinks);
    this.penalties = penalties;
  }

  /**
   * A play that needs nodes.
   *
   * @param playbackId the play
   * @param ref its package
   * @param client the viewer's network; empty where it is not known
   * @param maxNodes 1 to 8
   * @param bitsPerSecond what the play will take of a node
   * @param running what is known of a play that runs; empty for one that begins
   * @param traceId of the request; null where it has none
   * @param cohort whose traffic it is
   */
  public record Question(
      String playbackId,
      PackageRef ref,
      Optional<ClientNetwork> client,
      int maxNodes,
      long bitsPerSecond,
      Optional<Running> running,
      @Nullable String traceId,
      Cohort cohort) {}

  /**
   * A play that runs.
   *
   * @param manifestNodes the nodes of its manifest, best first, at least one
   * @param servedBy the node that it says it fetches from; empty if it does not say
   */
  public record Running(List<String> manifestNodes, Optional<String> servedBy) {
    public Running {
      manifestNodes = List.copyOf(manifestNodes);
    }
  }

  /** What a face answers with. */
  public sealed interface Answer {
    /** A decision was made. */
    record Decided(Ranking ranking) implements Answer {}

    /** Nothing is known of the fleet yet: neither a saved snapshot nor a first reading. */
    record NothingKnown() implements Answer {}
  }

  /** Decides one play, and keeps its part of the first node for it. */
  public Answer decide(Question question, Instant at) {
    if (!fleet.isUsable()) {
      return new Answer.NothingKnown();
    }
    Made made = make(question, at);
    if (made.decision() instanceof Steered steered) {
      String first = steered.order().getFirst().nodeId();
      if (isNewAt(first, question)) {
        fleet.loads().reserve(first, question.bitsPerSecond(), at);
      }
    }
    String outcome = DecisionRecords.outcome(made.decision());
    DecisionSink.Decision told =
        new DecisionSink.Decision(
            made::record,
            outcome,
            made.changesNothing(),
            at,
            question.traceId(),
            question.cohort());
    sinks.forEach(sink -> sink.decided(told));
    return new Answer.Decided(
        new Ranking(
            made.decisionId(), made.snapshot().version(), made.ageMillis(), made.named(), outcome));
  }

  /**
   * What would be decided: nothing is kept for the play, and nobody is told.
   *
   * @return empty while nothing is known of the fleet
   */
  public Optional<DecisionRecord> consider(Question question, Instant at) {
    return fleet.isUsable() ? Optional.of(make(question, at).record()) : Optional.empty();
  }

  /** A play that a node serves already is in the node's figures. */
  private static boolean isNewAt(String nodeId, Question question) {
    return question
        .running()
        .map(play -> play.servedBy().filter(node -> !node.equals(nodeId)).isPresent())
        .orElse(true);
  }

  private Made make(Question question, Instant at) {
    FleetSnapshot snapshot = fleet.snapshot();
    List<String> manifestNodes = question.running().map(Running::manifestNodes).orElse(List.of());
    SortedSet<String> holders = snapshot.holders(question.ref());
    boolean isRunning = !manifestNodes.isEmpty();
    List<String> considered = isRunning ? manifestNodes : considered(snapshot, holders);
    SiteTiers tiers = tiers(question, snapshot, considered);
    List<Candidate> candidates = new ArrayList<>(considered.size());
    for (String nodeId : considered) {
      KnownNode node = snapshot.nodes().get(nodeId);
      boolean holds = isRunning ? holders.contains(nodeId) : candidates.size() < holders.size();
      candidates.add(
          node == null
              ? new Candidate(nodeId, UNKNOWN_SITE, 0, null, holds, false, null, 0, 0, 0, 0)
              : candidate(node, holds, tiers, at));
    }
    Play play =
        new Play(
            question.playbackId(), question.ref().path(), question.bitsPerSecond(), manifestNodes);
    return new Made(
        ids.next(at),
        question,
        at,
        snapshot,
        fleet.age(at).map(Duration::toMillis).orElse(Long.MAX_VALUE),
        tiers,
        ranker.rank(play, question.maxNodes(), at, candidates));
  }

  /** The holders, and then others, so that a record tells of them. */
  private static List<String> considered(FleetSnapshot snapshot, SortedSet<String> holders) {
    List<String> considered = new ArrayList<>(holders.size() + NODES_WITHOUT_PACKAGE);
    considered.addAll(holders);
    for (String nodeId : snapshot.nodes().keySet()) {
      if (considered.size() == holders.size() + NODES_WITHOUT_PACKAGE) {
        break;
      }
      if (!holders.contains(nodeId)) {
        considered.add(nodeId);
      }
    }
    return considered;
  }

  private SiteTiers tiers(Question question, FleetSnapshot snapshot, List<String> considered) {
    Set<String> siteIds = new HashSet<>();
    for (String nodeId : considered) {
      KnownNode node = snapshot.nodes().get(nodeId);
      if (node != null) {
        siteIds.add(node.siteId());
      }
    }
    return question
        .client()
        .map(client -> nearness.get().locator().locate(client.firstAddress()))
        .map(location -> SiteTiers.of(location, siteIds))
        .orElse(SiteTiers.UNKNOWN);
  }

  private Candidate candidate(KnownNode node, boolean holds, SiteTiers tiers, Instant at) {
    LoadBoard.Load load = fleet.loads().of(node.nodeId());
    return new Candidate(
        node.nodeId(),
        node.siteId(),
        tiers.of(node.siteId()),
        node.health(),
        holds,
        node.baseUrl() != null,
        node.certificateNotAfter(),
        load.egressCapacityBitsPerSecond(),
        load.egressBitsPerSecond(),
        fleet.loads().reservedBitsPerSecond(node.nodeId(), at),
        penalties.of(node.nodeId(), at));
  }

  /** A decision with all that it was made from. */
  private record Made(
      String decisionId,
      Question question,
      Instant at,
      FleetSnapshot snapshot,
      long ageMillis,
      SiteTiers tiers,
      SteeringDecision decision) {

    DecisionRecord record() {
      return new DecisionRecord(
          decisionId,
          NearnessRanker.POLICY_VERSION,
          question.playbackId(),
          question.ref().titleId(),
          question.ref().packageVersion(),
          question.client().map(ClientNetwork::toString).orElse(""),
          snapshot.version(),
          ageMillis,
          question.maxNodes(),
          DecisionRecords.candidates(decision),
          DecisionRecords.order(decision),
          question.bitsPerSecond(),
          tiers.inWords(),
          at,
          manifestNodes());
    }

    /** A running play is told what its manifest said. */
    boolean changesNothing() {
      return !manifestNodes().isEmpty() && DecisionRecords.order(decision).equals(manifestNodes());
    }

    private List<String> manifestNodes() {
      return question.running().map(Running::manifestNodes).orElse(List.of());
    }

    List<Ranking.Node> named() {
      List<Ranking.Node> named = new ArrayList<>();
      for (String nodeId : DecisionRecords.order(decision)) {
        KnownNode node = snapshot.nodes().get(nodeId);
        if (node != null && node.baseUrl() != null) { // always so: the ranker names no other
          named.add(new Ranking.Node(nodeId, node.siteId(), node.baseUrl()));
        }
      }
      return named;
    }
  }
}
