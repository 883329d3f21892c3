package io.tributary.steering.brain;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionRecords;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.SiteTiers;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.Assessment;
import io.tributary.steering.ranking.Candidate;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.Play;
import io.tributary.steering.ranking.SteeringDecision;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.Holders;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.LoadBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every face: takes the snapshot, the load and what is known of nearness at this
 * instant, ranks, and tells the sinks. From memory alone; never blocks. Safe for use by many
 * threads.
 */
public final class SteeringBrain {
  /**
   * Nodes without the package are recorded as excluded if there are no more of them, so that a
   * reader sees why a small fleet's node is missing; in a large fleet they say nothing, and to look
   * at them would take longer than at those that hold it.
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
  private final ExternalCdn external;
  private final List<DecisionSink> sinks;
  private final Penalties penalties;

  /** As with penalties, where no client reports. */
  public SteeringBrain(
      Fleet fleet,
      Supplier<Nearness> nearness,
      NearnessRanker ranker,
      DecisionIds ids,
      List<DecisionSink> sinks) {
    this(
        fleet,
        nearness,
        ranker,
        ids,
        new ExternalCdn(ExternalCdnConfig.NONE),
        Penalties.NONE,
        sinks);
  }

  /** As the other, with a CDN for what the fleet cannot carry, and with what clients report. */
  public SteeringBrain(
      Fleet fleet,
      Supplier<Nearness> nearness,
      NearnessRanker ranker,
      DecisionIds ids,
      ExternalCdn external,
      Penalties penalties,
      List<DecisionSink> sinks) {
    this.fleet = fleet;
    this.nearness = nearness;
    this.ranker = ranker;
    this.ids = ids;
    this.external = external;
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
   * @param manifestNodes of a play that runs: the nodes of its manifest, best first; empty for one
   *     that begins
   * @param traceId of the request; null where it has none
   * @param cohort whose traffic it is
   */
  public record Question(
      String playbackId,
      PackageRef ref,
      Optional<ClientNetwork> client,
      int maxNodes,
      long bitsPerSecond,
      List<String> manifestNodes,
      @Nullable String traceId,
      Cohort cohort) {
    public Question {
      manifestNodes = List.copyOf(manifestNodes);
    }

    boolean isOfRunningPlay() {
      return !manifestNodes.isEmpty();
    }
  }

  /** What a face answers with. */
  public sealed interface Answer {
    /**
     * A decision was made.
     *
     * @param isCalm whether every node of a running play's manifest may be named, and in its order
     */
    record Decided(Ranking ranking, boolean isCalm) implements Answer {}

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
      keepPart(steered.order().getFirst(), question, at);
    }
    String outcome = DecisionRecords.outcome(made.decision());
    DecisionSink.Decision told =
        new DecisionSink.Decision(
            made::record,
            outcome,
            question.isOfRunningPlay(),
            made.isCalm(),
            at,
            question.traceId(),
            question.cohort());
    sinks.forEach(sink -> sink.decided(told));
    return new Answer.Decided(
        new Ranking(
            made.decisionId(), made.snapshot().version(), made.ageMillis(), named(made), outcome),
        made.isCalm());
  }

  /**
   * What would be decided: nothing is kept for the play, and nobody is told.
   *
   * @return empty while nothing is known of the fleet
   */
  public Optional<DecisionRecord> consider(Question question, Instant at) {
    return fleet.isUsable() ? Optional.of(make(question, at).record()) : Optional.empty();
  }

  /**
   * What a running play takes is in its node's figures already, and what players say of themselves
   * must not fill a node.
   */
  private void keepPart(Candidate first, Question question, Instant at) {
    boolean isRunning = question.isOfRunningPlay();
    switch (first.kind()) {
      case OWN -> {
        if (!isRunning) {
          fleet.loads().reserve(first.nodeId(), question.bitsPerSecond(), at);
          external.left(question.playbackId());
        }
      }
      case EXTERNAL -> {
        if (!isRunning) {
          external.sent(question.playbackId(), question.bitsPerSecond(), at);
        } else if (!question.manifestNodes().getFirst().equals(first.nodeId())) {
          external.moved();
        }
      }
    }
  }

  private Made make(Question question, Instant at) {
    FleetSnapshot snapshot = fleet.snapshot();
    Holders holders = snapshot.holders(question.ref());
    boolean isRunning = question.isOfRunningPlay();
    List<String> considered = isRunning ? question.manifestNodes() : beginning(snapshot, holders);
    List<@Nullable KnownNode> nodes = new ArrayList<>(considered.size());
    List<String> siteIds = new ArrayList<>(considered.size());
    for (String nodeId : considered) {
      KnownNode node = snapshot.node(nodeId);
      nodes.add(node);
      if (node != null) {
        siteIds.add(node.siteId());
      }
    }
    SiteTiers tiers = tiers(question, siteIds);
    List<Candidate> candidates = new ArrayList<>(considered.size());
    int judged = 0;
    for (int i = 0; i < considered.size(); i++) {
      String nodeId = considered.get(i);
      KnownNode node = nodes.get(i);
      boolean holds = isRunning ? holders.contains(nodeId) : i < holders.size();
      if (node != null) {
        candidates.add(candidate(node, holds, tiers.tier(judged++), at));
      } else if (external.isNamed(nodeId)) {
        candidates.add(external.candidate(question.playbackId(), !holders.isEmpty(), at));
      } else {
        candidates.add(
            new Candidate(nodeId, UNKNOWN_SITE, 0, null, holds, false, null, 0, 0, 0, 0));
      }
    }
    Play play =
        new Play(
            question.playbackId(),
            question.ref().path(),
            question.bitsPerSecond(),
            question.manifestNodes());
    return new Made(
        ids.next(at),
        question,
        at,
        snapshot,
        fleet.age(at).map(Duration::toMillis).orElse(Long.MAX_VALUE),
        tiers,
        ranker.rank(play, question.maxNodes(), at, candidates));
  }

  /** An own node of the external one's name goes before it. */
  private List<String> beginning(FleetSnapshot snapshot, Holders holders) {
    List<String> considered = considered(snapshot, holders);
    external
        .nodeId()
        .filter(nodeId -> snapshot.node(nodeId) == null && !holders.contains(nodeId))
        .ifPresent(considered::add);
    return considered;
  }

  /**
   * The holders, and then others, so that a record tells of them; none where there are too many.
   */
  private static List<String> considered(FleetSnapshot snapshot, Holders holders) {
    int others = snapshot.nodeCount() - holders.size();
    boolean tells = others <= NODES_WITHOUT_PACKAGE;
    List<String> considered =
        new ArrayList<>(holders.size() + (tells ? NODES_WITHOUT_PACKAGE : 0) + 1);
    considered.addAll(holders);
    if (tells) {
      for (String nodeId : snapshot.nodes().keySet()) {
        if (!holders.contains(nodeId)) {
          considered.add(nodeId);
        }
      }
    }
    return considered;
  }

  private SiteTiers tiers(Question question, List<String> siteIds) {
    return question
        .client()
        .map(client -> nearness.get().locator().locate(client.firstAddress()))
        .map(location -> SiteTiers.of(location, siteIds))
        .orElse(SiteTiers.UNKNOWN);
  }

  private Candidate candidate(KnownNode node, boolean holds, int tier, Instant at) {
    LoadBoard.Standing load = fleet.loads().standing(node.nodeId(), at);
    return new Candidate(
        node.nodeId(),
        node.siteId(),
        tier,
        node.health(),
        holds,
        node.baseUrl() != null,
        node.certificateNotAfter(),
        load.egressCapacityBitsPerSecond(),
        load.egressBitsPerSecond(),
        load.reservedBitsPerSecond(),
        penalties.of(node.nodeId(), at));
  }

  private List<Ranking.Node> named(Made made) {
    List<Ranking.Node> named = new ArrayList<>();
    for (String nodeId : DecisionRecords.order(made.decision())) {
      KnownNode node = made.snapshot().node(nodeId);
      if (node == null) { // the ranker names no other without a verdict
        named.add(external.node());
      } else if (node.baseUrl() != null) { // always so: it names none without
        named.add(new Ranking.Node(nodeId, node.siteId(), node.baseUrl()));
      }
    }
    return named;
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
          question.manifestNodes());
    }

    /** A running play is told what its manifest said, and none of its nodes is a last resort. */
    boolean isCalm() {
      return question.isOfRunningPlay()
          && DecisionRecords.order(decision).equals(question.manifestNodes())
          && decision.assessments().stream().allMatch(one -> one instanceof Assessment.Qualified);
    }
  }
}
