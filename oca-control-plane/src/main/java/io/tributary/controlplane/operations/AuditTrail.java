package io.tributary.controlplane.operations;

import io.tributary.bearer.Caller;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.Topics;
import io.tributary.controlplane.events.EventLog;
import jakarta.servlet.http.HttpServletRequest;

/** Says every change that an operator made, and who made it. Safe for use by many threads. */
public final class AuditTrail {
  private final EventLog log;

  public AuditTrail(EventLog log) {
    this.log = log;
  }

  /** The caller of this request did this to that. */
  void acted(HttpServletRequest http, String action, String subject) {
    String actor = BearerFilter.caller(http).map(Caller::subject).orElse("nobody");
    log.publish(Topics.AUDIT, actor, AdminActed.TYPE, new AdminActed(actor, action, subject));
  }
}
