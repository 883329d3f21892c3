package io.tributary.playback.plays;

import io.tributary.contracts.api.PlayEvent;
import io.tributary.contracts.api.PlayReport;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.events.Events;
import io.tributary.playback.manifest.PlayPass;
import io.tributary.playback.manifest.PlayPass.Stop;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.store.StoreAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes clients' reports of their plays, and tells the fleet.
 *
 * <p>A report is a client's word, and steering listens to it; so this believes no more than is
 * proven. The play must be the caller's: by the signed pass in one of its manifest URLs, or by the
 * store of plays. An event keeps the node that it names only where the pass names it too: a client
 * speaks of nodes that it was given, and without a manifest of none. The rest of such an event is
 * kept, since after a renewal an honest client may still tell of a node that is in the older
 * manifest.
 *
 * <p>Safe for use by many threads; asks the store only for reports without a manifest.
 */
public final class PlayReports {
  /** A player's name and version, and its word for an error: enough to read, too short to abuse. */
  private static final int MAX_CHARACTERS = 128;

  /** A clock that is further off is not worth putting right. */
  private static final Duration MOST_SKEW = Duration.ofDays(3_650);

  private final PlayStore store;
  private final PlayPasses passes;
  private final Events events;
  private final InstantSource time;

  /** Proves plays by {@code passes} or {@code store}, and tells {@code events}. */
  public PlayReports(PlayStore store, PlayPasses passes, Events events, InstantSource time) {
    this.store = store;
    this.passes = passes;
    this.events = events;
    this.time = time;
  }

  /**
   * Takes a report. What it says may be lost on its way: reports are telemetry.
   *
   * @param report with at most {@link PlayReport#MAX_EVENTS} events; those of a kind or state that
   *     this does not know are left out
   * @param passToken of one of the play's manifest URLs; null where the client sent none
   */
  public ReportOutcome take(
      String playbackId, PlayReport report, @Nullable String passToken, RequestContext context) {
    return passToken == null
        ? takeByStore(playbackId, report, context)
        : takeByPass(playbackId, report, passToken, context);
  }

  private ReportOutcome takeByPass(
      String playbackId, PlayReport report, String passToken, RequestContext context) {
    return switch (passes.read(passToken)) {
      case PlayPasses.Reading.Over() -> new ReportOutcome.Ended(playbackId);
      case PlayPasses.Reading.NotOurs() -> new ReportOutcome.NoSuchPlay(playbackId);
      case PlayPasses.Reading.Valid(PlayPass pass) -> {
        boolean isCallers = pass.owner().isEmpty() || pass.isOf(context.account());
        if (!isCallers || !pass.playbackId().equals(playbackId)) {
          yield new ReportOutcome.NoSuchPlay(playbackId);
        }
        String account = pass.owner().isEmpty() ? null : context.account();
        yield tell(playbackId, account, pass.ref(), pass.stops(), report, context);
      }
    };
  }

  private ReportOutcome takeByStore(String playbackId, PlayReport report, RequestContext context) {
    Optional<Play> kept;
    try {
      kept = store.find(playbackId);
    } catch (StoreAwayException _) {
      return new ReportOutcome.NotKnownNow(playbackId);
    }
    return kept.filter(play -> Objects.equals(play.accountId(), context.account()))
        .map(play -> tell(playbackId, play.accountId(), play.ref(), List.of(), report, context))
        .orElseGet(() -> new ReportOutcome.NoSuchPlay(playbackId));
  }

  private ReportOutcome tell(
      String playbackId,
      @Nullable String account,
      PackageRef ref,
      List<Stop> stops,
      PlayReport report,
      RequestContext context) {
    List<PlayEvent> believed = believed(playbackId, stops, report.events());
    if (!believed.isEmpty()) {
      Instant now = time.instant();
      events.playReported(
          new PlayReported(
              playbackId,
              account,
              ref.titleId(),
              ref.packageVersion(),
              ClientNetwork.of(context.clientAddress()),
              now,
              skewMillis(report.sentAt(), now),
              cut(report.player()),
              believed),
          context);
    }
    return new ReportOutcome.Taken();
  }

  private static List<PlayEvent> believed(
      String playbackId, List<Stop> stops, List<PlayEvent> told) {
    List<PlayEvent> believed = new ArrayList<>(told.size());
    for (PlayEvent event : told) {
      // What JSON lacks, or says in words that this does not know, arrives as null.
      @Nullable Object kind = event.kind();
      @Nullable Object state = event.state();
      @Nullable Object at = event.time();
      if (kind != null && state != null && at != null) {
        Optional<String> node = node(playbackId, stops, event);
        believed.add(
            new PlayEvent(
                event.sequence(),
                event.time(),
                event.kind(),
                event.state(),
                event.positionMillis(),
                event.bufferMillis(),
                event.bitsPerSecond(),
                event.throughputBitsPerSecond(),
                event.startupMillis(),
                event.rebufferMillis(),
                event.droppedFrames(),
                node.map(id -> PlayPass.pathwayId(playbackId, id)).orElse(null),
                node.orElse(null),
                cut(event.errorCode())));
      }
    }
    return believed;
  }

  /** Players know a pathway where they do not know the node. */
  private static Optional<String> node(String playbackId, List<Stop> stops, PlayEvent event) {
    String nodeId = event.nodeId();
    String pathwayId = event.pathwayId();
    return stops.stream()
        .map(Stop::nodeId)
        .filter(id ->
            nodeId == null
                ? PlayPass.pathwayId(playbackId, id).equals(pathwayId)
                : id.equals(nodeId))
        .findFirst();
  }

  private static long skewMillis(Instant sentAt, Instant now) {
    long seconds = sentAt.getEpochSecond() - now.getEpochSecond();
    return Math.abs(seconds) > MOST_SKEW.toSeconds()
        ? Long.signum(seconds) * MOST_SKEW.toMillis()
        : Duration.between(now, sentAt).toMillis();
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_CHARACTERS
        ? text
        : text.substring(0, MAX_CHARACTERS);
  }
}
