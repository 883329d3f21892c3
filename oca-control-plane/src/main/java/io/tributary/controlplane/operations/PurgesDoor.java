package io.tributary.controlplane.operations;

import io.tributary.bearer.Caller;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.admin.Purge;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.controlplane.doors.RefusedException;
import io.tributary.controlplane.fill.Announcements;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.purges.PurgeList;
import io.tributary.controlplane.purges.PurgeOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The admin face of purges. */
@RestController
public final class PurgesDoor {
  private final PurgeBoard purges;
  private final PurgeViews views;
  private final PackageBoard packages;
  private final Announcements announcements;
  private final AuditTrail audit;
  private final InstantSource clock;

  public PurgesDoor(
      PurgeBoard purges,
      PurgeViews views,
      PackageBoard packages,
      Announcements announcements,
      AuditTrail audit,
      InstantSource clock) {
    this.purges = purges;
    this.views = views;
    this.packages = packages;
    this.announcements = announcements;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * All purges.
   *
   * @param purges by title
   */
  record Purges(List<Purge> purges) {}

  /**
   * Purges a title until the purge is lifted: it is named nowhere from now on, every node refuses
   * it from its next heartbeat on and deletes it. Its packages stay in the object store. A title
   * that is purged already stays so.
   *
   * @param titleId of a title that has a package
   * @return The purge and how far it is.
   */
  @PutMapping("/admin/v1/purges/{titleId}")
  @Refuses({ProblemType.NOT_FOUND, ProblemType.INVALID, ProblemType.UNAVAILABLE})
  Purge purgeTitle(@PathVariable String titleId, HttpServletRequest http) {
    if (packages.packages().stream().noneMatch(each -> each.titleId().equals(titleId))) {
      throw Refusals.missing("title with a package", titleId).get();
    }
    String actor = BearerFilter.caller(http).map(Caller::subject).orElse("nobody");
    check(purges.purge(titleId, actor, clock.instant()));
    announcements.withdraw(titleId);
    audit.acted(http, "purge-title", "title/" + titleId);
    return getPurge(titleId);
  }

  /**
   * Lifts a purge: nodes are planned the title's packages again, and fetch them anew.
   *
   * @param titleId of the title
   */
  @DeleteMapping("/admin/v1/purges/{titleId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.UNAVAILABLE})
  void liftPurge(@PathVariable String titleId, HttpServletRequest http) {
    getPurge(titleId);
    check(purges.lift(titleId, clock.instant()));
    audit.acted(http, "lift-purge", "title/" + titleId);
  }

  /**
   * Lists all purges by title, and how far each is.
   *
   * @return The purges.
   */
  @GetMapping("/admin/v1/purges")
  Purges listPurges() {
    purges.refresh();
    return new Purges(views.purges());
  }

  /**
   * Shows how far the purge of a title is.
   *
   * @param titleId of the title
   * @return The purge.
   */
  @GetMapping("/admin/v1/purges/{titleId}")
  @Refuses(ProblemType.NOT_FOUND)
  Purge getPurge(@PathVariable String titleId) {
    // Another replica may have purged it just now.
    purges.refresh();
    return views.purge(titleId).orElseThrow(Refusals.missing("purge of", titleId));
  }

  private static void check(PurgeOutcome outcome) {
    switch (outcome) {
      case PurgeOutcome.Done _ -> {}
      case PurgeOutcome.Full _ ->
          throw Refusals.invalid(
              "purges are "
                  + PurgeList.MAX_TITLES
                  + " (expected: fewer; lift one of a title that is gone for good)");
      case PurgeOutcome.Contended _ ->
          throw new RefusedException(
              ProblemType.UNAVAILABLE, "others change purges at the same time; try again");
    }
  }
}
