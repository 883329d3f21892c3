package io.tributary.sim.run;

import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.policy.SteeringPolicy.Choice;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Asks one replica the same questions before a site's loss and when it must be known, and counts
 * those of other sites that are named another first node. The same over as much time before the
 * loss tells what moves without one. For one thread.
 */
final class SiteLossWatch {
  private static final int QUESTIONS = 1_000;

  private final SteeringPolicy replica;
  private final Schedule time;
  private final Invariants invariants;
  private final int site;
  private final List<Question> questions = new ArrayList<>();
  private List<Optional<Node>> earlier = List.of();
  private List<Optional<Node>> before = List.of();

  /** Watches the loss of a site at that time. */
  SiteLossWatch(
      World world,
      SteeringPolicy replica,
      Schedule time,
      Invariants invariants,
      int site,
      long lossMicros) {
    this.replica = replica;
    this.time = time;
    this.invariants = invariants;
    this.site = site;
    SplittableRandom random = Chance.of(world.scenario().seed(), "site-loss");
    List<Long> rates = world.scenario().demand().bitsPerSecond();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(
          new Question(
              -1L - i,
              world.anyClient(random),
              world.anyPack(random),
              rates.get(random.nextInt(rates.size()))));
    }
    long bound = Schedule.micros(world.scenario().deadNodeBound());
    time.at(lossMicros - bound, () -> earlier = firsts());
    time.at(lossMicros - 1, () -> before = firsts());
    time.at(lossMicros + bound, this::compare);
  }

  private List<Optional<Node>> firsts() {
    List<Optional<Node>> firsts = new ArrayList<>();
    for (Question question : questions) {
      firsts.add(
          switch (replica.consider(question, time.now())) {
            case Choice.Named(List<Node> named) -> named.stream().findFirst();
            case Choice.Refused _ -> Optional.empty();
          });
    }
    return firsts;
  }

  private void compare() {
    invariants.siteLost(moved(before, firsts()), moved(earlier, before));
  }

  private double moved(List<Optional<Node>> from, List<Optional<Node>> to) {
    int others = 0;
    int moved = 0;
    for (int i = 0; i < from.size(); i++) {
      Optional<Node> first = from.get(i);
      if (first.isPresent() && first.get().site().index() != site) {
        others++;
        moved += first.equals(to.get(i)) ? 0 : 1;
      }
    }
    return others == 0 ? 0 : (double) moved / others;
  }
}
