package io.tributary.controlplane.copies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyState.Deleting;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.CopyState.Waiting;
import io.tributary.controlplane.copies.CopyState.Withdrawn;
import io.tributary.controlplane.copies.CopyStep.Become;
import io.tributary.controlplane.copies.CopyStep.Forget;
import io.tributary.controlplane.copies.CopyStep.Reason;
import io.tributary.controlplane.copies.CopyStep.Stay;
import io.tributary.controlplane.copies.SmallFleet.BrokenException;
import io.tributary.controlplane.copies.SmallFleet.Rules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Every state that a small fleet can come to, by the production's own rules: none breaks what must
 * hold, and from each the wish can still be fulfilled.
 */
class CopyLifeExplorationTest {
  private static final CopyLife LIFE = new CopyLife(SmallFleet.WAIT);

  @Test
  void one_node_and_two_packages_are_safe_and_live() {
    assertExplored(SmallFleet.empty(new Production(), 1, 2, 2), 10_000);
  }

  @Test
  void three_nodes_and_one_package_are_safe_and_live() {
    assertExplored(SmallFleet.empty(new Production(), 3, 1, 1), 1_000);
  }

  @Test
  void two_nodes_and_two_packages_are_safe_and_live() {
    assertExplored(SmallFleet.empty(new Production(), 2, 2, 1), 1_000);
  }

  @Test
  void a_copy_that_comes_and_goes_again_and_again_is_safe_and_live() {
    assertExplored(SmallFleet.empty(new Production(), 1, 1, 4), 10_000);
  }

  private static void assertExplored(SmallFleet fleet, int atLeast) {
    Explored explored = Explored.from(fleet);
    System.out.printf(
        "explored states=%d steps=%d goals=%d%n",
        explored.states(), explored.steps, explored.goals.size());
    assertTrue(explored.states() >= atLeast, "states are " + explored.states());
    assertEquals(0, explored.withoutWayToTheGoal(), "states from which the goal is out of reach");
  }

  /** An exploration that finds no fault in wrong rules proves nothing of right ones. */
  @Nested
  class FindsTheFaultOf {
    @Test
    void aCopyThatIsDeletedAsSoonAsItIsNamedNoMore() {
      assertBroken(
          "a copy is deleted while somebody may be led to it",
          new Production() {
            @Override
            public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
              CopyStep right = super.next(state, facts);
              return right instanceof Become(Waiting _, var reason)
                  ? new Become(new Deleting(facts.nextVersion()), reason)
                  : right;
            }
          });
    }

    @Test
    void aWaitThatBeginsBeforeTheNameIsTakenBack() {
      assertBroken(
          "a copy is deleted while somebody may be led to it",
          new Production() {
            @Override
            public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
              return super.next(
                  state,
                  new CopyFacts(
                      facts.isWanted(),
                      facts.isPurged(),
                      facts.isNodeRevoked(),
                      false,
                      facts.evidence(),
                      facts.nextVersion(),
                      facts.now()));
            }
          });
    }

    @Test
    void aWaitThatIsTooShort() {
      CopyLife hasty = new CopyLife(SmallFleet.WAIT.minus(Duration.ofSeconds(1)));
      assertBroken(
          "a copy is deleted while somebody may be led to it",
          new Production() {
            @Override
            public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
              return hasty.next(state, facts);
            }
          });
    }

    @Test
    void anInventoryFromBeforeThePlanThatNamesACopy() {
      assertBroken(
          "a copy is deleted while somebody may be led to it",
          new Production() {
            @Override
            public boolean mayBeNamed(CopyState state, boolean isPurged, Evidence evidence) {
              return state instanceof Placed && !isPurged && evidence.isHeld();
            }
          });
    }

    @Test
    void aCopyThatIsNamedAsSoonAsItIsPlanned() {
      assertBroken(
          "a copy is named and not held",
          new Production() {
            @Override
            public boolean mayBeNamed(CopyState state, boolean isPurged, Evidence evidence) {
              return state instanceof Placed && !isPurged;
            }
          });
    }

    @Test
    void aCopyThatIsBelievedGoneByAnOldInventory() {
      assertBroken(
          "a copy is believed gone and is held",
          new Production() {
            @Override
            public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
              return state.filter(Deleting.class::isInstance).isPresent()
                      && !facts.isWanted()
                      && !facts.evidence().isHeld()
                  ? new Forget(Reason.CONFIRMED_GONE)
                  : super.next(state, facts);
            }
          });
    }

    @Test
    void aWithdrawalThatNeverEnds() {
      Explored explored =
          Explored.from(
              SmallFleet.empty(
                  new Production() {
                    @Override
                    public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
                      return state.filter(Withdrawn.class::isInstance).isPresent()
                          ? new Stay()
                          : super.next(state, facts);
                    }
                  },
                  1,
                  1,
                  2));
      assertTrue(explored.withoutWayToTheGoal() > 0);
    }

    private void assertBroken(String what, Rules wrong) {
      BrokenException broken =
          assertThrows(
              BrokenException.class, () -> Explored.from(SmallFleet.empty(wrong, 1, 1, 4)));
      assertEquals(what, broken.what(), broken::getMessage);
    }
  }

  /** The rules that the control plane runs by. */
  private static class Production implements Rules {
    @Override
    public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
      return LIFE.next(state, facts);
    }

    @Override
    public boolean mayBeNamed(CopyState state, boolean isPurged, Evidence evidence) {
      return CopyLife.mayBeNamed(state, isPurged, evidence);
    }
  }

  /** A graph of states, made breadth first; edges are kept backwards. */
  private static final class Explored {
    private final Map<String, Integer> ids = new HashMap<>();
    private final Deque<SmallFleet> open = new ArrayDeque<>();
    private final List<Integer> goals = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final Edges backwards = new Edges();
    private long steps;

    /** How a state was first come to. */
    private record Way(int from, String what, int node) {}

    static Explored from(SmallFleet first) {
      Explored explored = new Explored();
      explored.id(first, new Way(-1, "nothing yet", 0));
      for (int at = 0; !explored.open.isEmpty(); at++) {
        SmallFleet fleet = explored.open.remove();
        int from = at;
        fleet.next(
            (what, node, next) -> explored.id(next, new Way(from, what, node)),
            (what, node, next) -> {
              int to = explored.id(next, new Way(from, what, node));
              explored.steps++;
              if (to != from) {
                explored.backwards.add(to, from);
              }
            });
      }
      return explored;
    }

    int states() {
      return ids.size();
    }

    /** Ids go by the order of finding, which is the order of looking. */
    private int id(SmallFleet fleet, Way way) {
      fleet
          .fault()
          .ifPresent(what -> {
            throw new BrokenException(what, wayTo(way));
          });
      String key = fleet.key();
      Integer known = ids.get(key);
      if (known != null) {
        return known;
      }
      int fresh = ids.size();
      ways.add(way);
      ids.put(key, fresh);
      open.add(fleet);
      if (fleet.isGoal()) {
        goals.add(fresh);
      }
      return fresh;
    }

    private String wayTo(Way last) {
      Deque<String> steps = new ArrayDeque<>();
      for (Way way = last; way.from >= 0; way = ways.get(way.from)) {
        steps.addFirst("node " + way.node + ": " + way.what);
      }
      return String.join("\n", steps);
    }

    /** States from which no steps of the fleet's own lead to what is wished. */
    int withoutWayToTheGoal() {
      BitSet reached = new BitSet();
      Deque<Integer> todo = new ArrayDeque<>(goals);
      goals.forEach(reached::set);
      while (!todo.isEmpty()) {
        backwards.from(
            todo.remove(),
            before -> {
              if (!reached.get(before)) {
                reached.set(before);
                todo.add(before);
              }
            });
      }
      return states() - reached.cardinality();
    }
  }
}
