package io.tributary.playback.events;

import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.PlayRenewed;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.event.PlayStarted;

/**
 * Tells the fleet what happened here. Never waits and never fails: nobody's play hangs on it.
 *
 * <p>Safe for use by many threads.
 */
public interface Events {
  /** A play was granted. */
  void playStarted(PlayStarted event, String decisionId, RequestContext context);

  /** A play goes on. */
  void playRenewed(PlayRenewed event, String decisionId, RequestContext context);

  /** A client told of its play. Where there is little room, these are lost before all others. */
  void playReported(PlayReported event, RequestContext context);

  /** An operator changed something. */
  void adminActed(AdminActed event, RequestContext context);
}
