package io.tributary.sim.run;

import io.tributary.sim.scenario.Scenario;
import java.util.List;

/**
 * What came of a run.
 *
 * @param scenario that was run
 * @param tally what was counted
 * @param violations the first {@link Invariants#KEPT} of each kind, in order of time
 * @param violationCount all of them
 */
public record Outcome(
    Scenario scenario, Tally tally, List<Violation> violations, long violationCount) {
  public Outcome {
    violations = List.copyOf(violations);
  }

  /** Those of one kind. */
  public <V extends Violation> List<V> violations(Class<V> kind) {
    return violations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How to see it again. */
  public String replay() {
    return "./tributary sim steering --seed "
        + scenario.seed()
        + " --seeds 1 --scenario "
        + scenario.name();
  }
}
