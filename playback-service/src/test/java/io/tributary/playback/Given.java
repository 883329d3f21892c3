package io.tributary.playback;

import io.tributary.contracts.api.PlayEvent;
import io.tributary.contracts.api.PlayEventKind;
import io.tributary.contracts.api.PlayerState;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.RequestContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What tests begin from. */
public final class Given {
  private Given() {}

  /** A viewer's request; without an account a guest's. */
  public static RequestContext request(
      @Nullable String account, Priority priority, Instant deadline) {
    return new RequestContext(
        account, null, "192.0.2.77", priority, deadline, Cohort.REAL, "local", "0".repeat(32));
  }

  /** A player's complaint, without figures. */
  public static PlayEvent error(
      long sequence,
      Instant at,
      PlayerState state,
      @Nullable String pathwayId,
      @Nullable String nodeId,
      String errorCode) {
    return new PlayEvent(
        sequence,
        at,
        PlayEventKind.ERROR,
        state,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        pathwayId,
        nodeId,
        errorCode);
  }
}
