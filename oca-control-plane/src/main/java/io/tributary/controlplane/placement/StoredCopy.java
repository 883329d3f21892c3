package io.tributary.controlplane.placement;

import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.CopyState.Deleting;
import io.tributary.controlplane.copies.CopyState.Placed;
import io.tributary.controlplane.copies.CopyState.Waiting;
import io.tributary.controlplane.copies.CopyState.Withdrawn;
import io.tributary.controlplane.copies.PlannedCopy;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy as it is stored.
 *
 * @param state which; null from before copies had one: placed
 * @param since the state's contentVersion, where it has one
 * @param unnamedSince the state's time, where it has one
 */
record StoredCopy(
    String titleId,
    String packageVersion,
    String manifestSha256,
    long bytes,
    @Nullable String state,
    @Nullable Long since,
    @Nullable Instant unnamedSince) {
  private static final String PLACED = "placed";
  private static final String WITHDRAWN = "withdrawn";
  private static final String WAITING = "waiting";
  private static final String DELETING = "deleting";

  static StoredCopy of(PlannedCopy copy) {
    return switch (copy.state()) {
      case Placed(long since) -> of(copy.planned(), PLACED, since, null);
      case Withdrawn _ -> of(copy.planned(), WITHDRAWN, null, null);
      case Waiting(Instant unnamedSince) -> of(copy.planned(), WAITING, null, unnamedSince);
      case Deleting(long since) -> of(copy.planned(), DELETING, since, null);
    };
  }

  private static StoredCopy of(
      PlannedPackage planned, String state, @Nullable Long since, @Nullable Instant unnamedSince) {
    return new StoredCopy(
        planned.titleId(),
        planned.packageVersion(),
        planned.manifestSha256(),
        planned.bytes(),
        state,
        since,
        unnamedSince);
  }

  PlannedCopy copy() {
    return new PlannedCopy(
        new PlannedPackage(titleId, packageVersion, manifestSha256, bytes), copyState());
  }

  private CopyState copyState() {
    return switch (state) {
      case null -> Placed.LONG_AGO;
      case PLACED -> new Placed(told(since));
      case WITHDRAWN -> new Withdrawn();
      case WAITING -> new Waiting(told(unnamedSince));
      case DELETING -> new Deleting(told(since));
      default ->
          throw new IllegalStateException("state is " + state + " (expected: one that we write)");
    };
  }

  private static <T> T told(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
