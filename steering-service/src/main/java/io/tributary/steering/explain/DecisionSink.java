package io.tributary.steering.explain;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where decisions are told. Never blocks and never fails: a play must not wait for its record. */
public interface DecisionSink {
  /** A decision was made. */
  void decided(Decision decision);

  /**
   * A decision with whose request it answered.
   *
   * @param record all it was made from; written when it is asked for, the same each time
   * @param outcome {@code steered}, {@code not-placed} or {@code exhausted}
   * @param isOfRunningPlay whether the play had begun before
   * @param changesNothing whether a running play was told what its manifest said, all being well
   * @param at when
   * @param traceId of the request; null where it had none
   * @param cohort whose traffic it was
   */
  record Decision(
      Supplier<DecisionRecord> record,
      String outcome,
      boolean isOfRunningPlay,
      boolean changesNothing,
      Instant at,
      @Nullable String traceId,
      Cohort cohort) {}
}
