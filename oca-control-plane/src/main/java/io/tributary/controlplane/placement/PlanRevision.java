package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyFacts;
import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyLife;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.CopyStep.Become;
import io.tributary.controlplane.copies.CopyStep.Forget;
import io.tributary.controlplane.copies.CopyStep.Reason;
import io.tributary.controlplane.copies.CopyStep.Stay;
import io.tributary.controlplane.copies.PlannedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node's plan goes on, each of its copies by {@link CopyLife}. Decides and does nothing else;
 * for one thread.
 */
final class PlanRevision {
  private final CopyLife life;
  private final CopyRecords records;

  PlanRevision(CopyLife life, CopyRecords records) {
    this.life = life;
    this.records = records;
  }

  /**
   * What follows a plan.
   *
   * @param contentVersion the plan's; as before, if the node is told the same
   * @param copies of the node
   * @param unnamed what the node may be named for no more
   * @param reasons why copies went on, and how many
   */
  record Revised(
      long contentVersion,
      List<PlannedCopy> copies,
      List<PackageRef> unnamed,
      Map<Reason, Integer> reasons) {}

  /**
   * The next plan; empty if nothing changes.
   *
   * @param wanted what the node should hold, in {@link NodePlan#ORDER}
   * @param obeyed the contentVersion that the node says it obeys; 0 if it never said
   */
  Optional<Revised> of(
      String nodeId,
      NodePlan current,
      List<PlannedPackage> wanted,
      boolean isRevoked,
      long obeyed,
      Instant now) {
    Round round = new Round(nodeId, current, isRevoked, obeyed, now);
    boolean isAsWanted =
        current.copies().size() == wanted.size() && current.packages().equals(wanted);
    if (isAsWanted && !round.isBehind) {
      // By far most plans are; what is placed and wanted stays.
      return Optional.empty();
    }
    wanted.forEach(each -> round.wanted.put(each.ref(), each));
    current.copies().forEach(round::goOn);
    round.wanted.values().forEach(round::begin);
    return round.revised();
  }

  private final class Round {
    final Map<PackageRef, PlannedPackage> wanted = new LinkedHashMap<>();
    private final String nodeId;
    private final NodePlan current;
    private final boolean isRevoked;
    private final Instant now;
    private final long nextVersion;

    /**
     * The store lost plans that the node obeys, and a node obeys none that is older. A version of
     * the future is not believed: nobody gave it.
     */
    private final boolean isBehind;

    private final List<PlannedCopy> copies = new ArrayList<>();
    private final List<PackageRef> unnamed = new ArrayList<>();
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

    Round(String nodeId, NodePlan current, boolean isRevoked, long obeyed, Instant now) {
      this.nodeId = nodeId;
      this.current = current;
      this.isRevoked = isRevoked;
      this.now = now;
      long version = current.head().contentVersion();
      this.nextVersion = Math.max(version + 1, now.getEpochSecond());
      this.isBehind = obeyed > version && obeyed < now.getEpochSecond();
    }

    void goOn(PlannedCopy copy) {
      Optional<PlannedPackage> asWanted = Optional.ofNullable(wanted.remove(copy.ref()));
      step(copy.planned(), asWanted, Optional.of(copy.state()));
    }

    void begin(PlannedPackage planned) {
      step(planned, Optional.of(planned), Optional.empty());
    }

    private void step(
        PlannedPackage planned, Optional<PlannedPackage> asWanted, Optional<CopyState> state) {
      boolean isPlaced = state.filter(Placed.class::isInstance).isPresent();
      switch (life.next(state, facts(planned, asWanted.isPresent(), isPlaced))) {
        case Stay _ when isPlaced && !asWanted.equals(Optional.of(planned)) ->
            // The same name with another content: to be fetched and confirmed anew.
            asWanted.ifPresent(other -> become(other, new Placed(nextVersion), Reason.WANTED));
        case Stay _ -> state.ifPresent(same -> copies.add(new PlannedCopy(planned, same)));
        case Become(CopyState next, Reason reason) ->
            become(next instanceof Placed ? asWanted.orElse(planned) : planned, next, reason);
        case Forget(Reason reason) -> {
          reasons.merge(reason, 1, Integer::sum);
          unnamed.add(planned.ref());
        }
      }
    }

    /** Of what stays, Kafka and inventories are not asked: a fleet has a million such copies. */
    private CopyFacts facts(PlannedPackage planned, boolean isWanted, boolean isPlaced) {
      return new CopyFacts(
          isWanted,
          records.isPurged(planned.titleId()),
          isRevoked,
          !isPlaced && records.isSaid(nodeId, planned.ref()),
          isPlaced ? Evidence.NONE : records.evidence(nodeId, planned.ref()),
          nextVersion,
          now);
    }

    private void become(PlannedPackage planned, CopyState next, Reason reason) {
      copies.add(new PlannedCopy(planned, next));
      reasons.merge(reason, 1, Integer::sum);
      // One that is placed anew is unnamed, too, until the node confirmed it again.
      unnamed.add(planned.ref());
    }

    Optional<Revised> revised() {
      if (reasons.isEmpty() && !isBehind) {
        return Optional.empty();
      }
      List<PackageRef> wereNamed =
          unnamed.stream().filter(ref -> records.isSaid(nodeId, ref)).toList();
      NodePlan next = new NodePlan(current.head(), copies);
      boolean isToldTheSame = !isBehind && next.told().equals(current.told());
      return Optional.of(
          new Revised(
              isToldTheSame ? current.head().contentVersion() : nextVersion,
              next.copies(),
              wereNamed,
              reasons));
    }
  }
}
