package io.tributary.sim.run;

import java.time.Duration;
import java.util.Locale;

/** Something that must never be, and was. Times are since the beginning of the run. */
public sealed interface Violation {
  /** When it was seen. */
  Duration at();

  /** What was seen, for people. */
  String inWords();

  /** An answer named a node that was dead for too long. */
  record DeadNodeNamed(Duration at, String nodeId, Duration deadFor, Duration bound)
      implements Violation {
    @Override
    public String inWords() {
      return nodeId
          + " was named "
          + deadFor.toMillis()
          + " ms after its death (bound: "
          + bound.toMillis()
          + " ms)";
    }
  }

  /**
   * A play was sent to a node that had been asked for more than it can send for more than two
   * heartbeats, while another that is as near and holds the package had room for as long.
   */
  record Overloaded(
      Duration at, String nodeId, double loadShare, String roomyNodeId, double roomyLoadShare)
      implements Violation {
    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "a play was sent to %s at %.1f %% of its capacity while %s, as near, was at %.1f %%",
          nodeId,
          100 * loadShare,
          roomyNodeId,
          100 * roomyLoadShare);
    }
  }

  /** A play was not answered as the types say. */
  record NotAnswered(Duration at, long play, String why) implements Violation {
    @Override
    public String inWords() {
      return "play " + play + " got no answer: " + why;
    }
  }

  /** A node that lived was given up. */
  record WronglyGivenUp(Duration at, String nodeId, String reason) implements Violation {
    @Override
    public String inWords() {
      return nodeId + " lived and was given up: " + reason;
    }
  }

  /** A node that never died was given up and taken back. */
  record Flapped(Duration at, String nodeId, Duration awayFor) implements Violation {
    @Override
    public String inWords() {
      return nodeId + " never died, and was away for " + awayFor.toMillis() + " ms";
    }
  }

  /** The loss of a site moved plays that it did not carry. */
  record OthersMoved(Duration at, double share, double usualShare) implements Violation {
    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "a site's loss moved %.1f %% of what other sites carry (bound: 10 %% more than without a"
              + " loss, over the same time: %.1f %%)",
          100 * share,
          100 * usualShare);
    }
  }
}
