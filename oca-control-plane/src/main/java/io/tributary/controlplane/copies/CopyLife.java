package io.tributary.controlplane.copies;

import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyState.Deleting;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.CopyState.Waiting;
import io.tributary.controlplane.copies.CopyState.Withdrawn;
import io.tributary.controlplane.copies.CopyStep.Become;
import io.tributary.controlplane.copies.CopyStep.Forget;
import io.tributary.controlplane.copies.CopyStep.Reason;
import io.tributary.controlplane.copies.CopyStep.Stay;
import java.time.Duration;
import java.util.Optional;

/**
 * How a copy's life goes on: added in two phases (planned; named once confirmed), removed in three
 * (named no more; those who were led to it are waited for; deleted, until an inventory is without
 * it).
 *
 * <pre>
 *            wanted              unwanted             unnamed            waited out
 *   nowhere ───────→ Placed ───────────→ Withdrawn ─────────→ Waiting ──────────→ Deleting → nowhere
 *                      ↑                     │ ↑─── named again ──┘ │                 │ gone
 *                      └──────── wanted ─────┴──────────────────────┴─────────────────┘
 * </pre>
 *
 * <p>A purge leads from everywhere to Deleting: its own list has nodes refuse the title before they
 * delete it, so nobody is waited for. A copy that comes back is Placed under a new version, so that
 * no inventory from before can name it.
 *
 * <p>Pure and stateless. Safe for use by many threads.
 */
public final class CopyLife {
  private static final CopyStep STAY = new Stay();

  private final Duration wait;

  /**
   * A life whose leave takes so long.
   *
   * @param wait for how long somebody may still be led to a copy that no record names
   */
  public CopyLife(Duration wait) {
    this.wait = wait;
  }

  /**
   * The next step.
   *
   * @param state empty for a copy that is nowhere
   */
  public CopyStep next(Optional<CopyState> state, CopyFacts facts) {
    if (state.isEmpty()) {
      return isToBePlaced(facts) ? place(facts) : STAY;
    }
    if (facts.isNodeRevoked() && !facts.isWanted()) {
      return new Forget(Reason.NODE_REVOKED);
    }
    return switch (state.get()) {
      case Placed _ ->
          facts.isPurged()
              ? delete(Reason.PURGED, facts)
              : facts.isWanted() ? STAY : new Become(new Withdrawn(), Reason.UNWANTED);
      case Withdrawn _ -> leaving(facts).orElseGet(() -> withdrawn(facts));
      case Waiting(var since) ->
          leaving(facts)
              .orElseGet(() ->
                  facts.isSaid()
                      ? new Become(new Withdrawn(), Reason.NAMED_AGAIN)
                      : since.plus(wait).isAfter(facts.now())
                          ? STAY
                          : delete(Reason.WAITED_OUT, facts));
      case Deleting(long since) ->
          isToBePlaced(facts)
              ? place(facts)
              : isProven(since, facts.evidence()) && !facts.evidence().isHeld()
                  ? new Forget(Reason.CONFIRMED_GONE)
                  : STAY;
    };
  }

  /** Whether the copy's node may be named for it. */
  public static boolean mayBeNamed(CopyState state, boolean isPurged, Evidence evidence) {
    return !isPurged
        && state instanceof Placed(long since)
        && isProven(since, evidence)
        && evidence.isHeld();
  }

  /** An inventory from before the plan began to say so proves nothing. */
  private static boolean isProven(long since, Evidence evidence) {
    return evidence.contentVersion() >= since;
  }

  private static Optional<CopyStep> leaving(CopyFacts facts) {
    return facts.isPurged()
        ? Optional.of(delete(Reason.PURGED, facts))
        : facts.isWanted() ? Optional.of(place(facts)) : Optional.empty();
  }

  private static CopyStep withdrawn(CopyFacts facts) {
    return facts.isSaid() ? STAY : new Become(new Waiting(facts.now()), Reason.UNNAMED);
  }

  private static boolean isToBePlaced(CopyFacts facts) {
    return facts.isWanted() && !facts.isPurged();
  }

  private static CopyStep place(CopyFacts facts) {
    return new Become(new Placed(facts.nextVersion()), Reason.WANTED);
  }

  private static CopyStep delete(Reason reason, CopyFacts facts) {
    return new Become(new Deleting(facts.nextVersion()), reason);
  }
}
