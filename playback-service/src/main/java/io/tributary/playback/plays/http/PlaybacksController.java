package io.tributary.playback.plays.http;

import io.tributary.bearer.Caller;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.api.CreatePlayback;
import io.tributary.contracts.api.Manifests;
import io.tributary.contracts.api.PlayReport;
import io.tributary.contracts.api.Playback;
import io.tributary.contracts.api.PlaybackPosition;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.RankedNode;
import io.tributary.contracts.api.Refuses;
import io.tributary.contracts.api.RenewPlayback;
import io.tributary.contracts.api.RenewedPlayback;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.bookmarks.Bookmarks;
import io.tributary.playback.context.Requests;
import io.tributary.playback.manifest.PlayPass;
import io.tributary.playback.plays.GrantedPlay;
import io.tributary.playback.plays.Play;
import io.tributary.playback.plays.PlayOutcome;
import io.tributary.playback.plays.PlayReports;
import io.tributary.playback.plays.PlayRules;
import io.tributary.playback.plays.PlayStore;
import io.tributary.playback.plays.Plays;
import io.tributary.playback.plays.ReportOutcome;
import io.tributary.playback.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/playbacks}: between HTTP and {@link PlayOutcome}. */
@RestController
public final class PlaybacksController {
  private static final Pattern PASS_IN_URL =
      Pattern.compile(".*/api/v1/manifests/([A-Za-z0-9_-]{1,2048})/[^/].*");

  private final Plays plays;
  private final PlayReports reports;
  private final PlayStore store;
  private final Bookmarks bookmarks;
  private final PlayRules rules;
  private final Requests requests;
  private final PlayCounters counters;
  private final String manifestsBase;
  private final boolean redirects;

  /**
   * Serves plays.
   *
   * @param publicBaseUrl where viewers reach the gateway
   * @param redirects whether steering redirects players to nodes
   */
  public PlaybacksController(
      Plays plays,
      PlayReports reports,
      PlayStore store,
      Bookmarks bookmarks,
      PlayRules rules,
      Requests requests,
      PlayCounters counters,
      URI publicBaseUrl,
      boolean redirects) {
    this.plays = plays;
    this.reports = reports;
    this.store = store;
    this.bookmarks = bookmarks;
    this.rules = rules;
    this.requests = requests;
    this.counters = counters;
    this.redirects = redirects;
    String base = publicBaseUrl.toString();
    this.manifestsBase =
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1/manifests/";
  }

  /**
   * Starts a play: a viewer pressed Play. The answer's manifest URLs need no header, so any player
   * can be given one. A public title needs no token; without one, a title that is not public, or
   * not there, is answered 401. Repeated with the same {@code Idempotency-Key}, it answers with the
   * same play.
   *
   * @param idempotencyKey names this press of Play: 1 to 128 visible ASCII characters, random, new
   *     for each press and the same in its repetitions
   * @return The play, and where to play it from.
   */
  @PostMapping(
      path = "/api/v1/playbacks",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Refuses({
    ProblemType.INVALID,
    ProblemType.UNAUTHENTICATED,
    ProblemType.UNKNOWN_ACCOUNT,
    ProblemType.NOT_ENTITLED,
    ProblemType.NOT_FOUND,
    ProblemType.CONFLICT,
    ProblemType.EXPIRED,
    ProblemType.NOT_PLACED,
    ProblemType.EXHAUSTED,
    ProblemType.UNAVAILABLE
  })
  ResponseEntity<Playback> startPlayback(
      @RequestHeader(name = CreatePlayback.IDEMPOTENCY_KEY, required = false)
          @Nullable String idempotencyKey,
      @RequestBody CreatePlayback body,
      HttpServletRequest request) {
    String titleId = checkedTitleId(body.titleId());
    checkKey(idempotencyKey);
    RequestContext context = context(request);
    GrantedPlay granted = granted(plays.start(titleId, idempotencyKey, context));
    Play play = granted.play();
    boolean wantsRanking =
        body.include() != null && body.include().contains(CreatePlayback.INCLUDE_RANKING);
    return ResponseEntity.created(URI.create("/api/v1/playbacks/" + play.playbackId()))
        .header("Cache-Control", "no-store")
        .body(
            new Playback(
                play.playbackId(),
                titleId,
                play.ref().packageVersion(),
                granted.titleName(),
                play.durationMillis(),
                manifests(granted),
                play.expiresAt(),
                rules.renewAfter().toSeconds(),
                granted.resumePositionMillis(),
                granted.decisionId(),
                wantsRanking ? ranking(granted) : null,
                granted.isStale()));
  }

  /**
   * Lets a play go on, with fresh nodes. To be asked each {@code renewAfterSeconds} while the
   * viewer watches. Title and entitlement are decided anew. The old manifest URLs stay good until
   * they end, so a player may go on with those it has. Safe to repeat.
   *
   * @param playbackId of a play of the same caller
   * @return The play's new manifests.
   */
  @PostMapping(
      path = "/api/v1/playbacks/{playbackId}/renewals",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Refuses({
    ProblemType.INVALID,
    ProblemType.UNAUTHENTICATED,
    ProblemType.UNKNOWN_ACCOUNT,
    ProblemType.NOT_ENTITLED,
    ProblemType.NOT_FOUND,
    ProblemType.EXPIRED,
    ProblemType.NOT_PLACED,
    ProblemType.EXHAUSTED,
    ProblemType.UNAVAILABLE
  })
  ResponseEntity<RenewedPlayback> renewPlayback(
      @PathVariable String playbackId,
      @RequestBody(required = false) @Nullable RenewPlayback body,
      HttpServletRequest request) {
    checkPlaybackId(playbackId);
    String passToken = body == null || body.manifest() == null ? null : passIn(body.manifest());
    GrantedPlay granted = granted(plays.renew(playbackId, passToken, context(request)));
    return ResponseEntity.ok()
        .header("Cache-Control", "no-store")
        .body(
            new RenewedPlayback(
                playbackId,
                manifests(granted),
                granted.play().expiresAt(),
                rules.renewAfter().toSeconds(),
                granted.decisionId(),
                granted.isStale()));
  }

  /**
   * Remembers where the viewer is, for the account's next play of the title to resume from. Safe to
   * repeat; the last one counts.
   *
   * @param playbackId of a play of the same account
   */
  @PutMapping(
      path = "/api/v1/playbacks/{playbackId}/position",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Refuses({ProblemType.INVALID, ProblemType.UNAUTHENTICATED, ProblemType.NOT_FOUND})
  void savePosition(
      @PathVariable String playbackId,
      @RequestBody PlaybackPosition body,
      HttpServletRequest request) {
    checkPlaybackId(playbackId);
    RequestContext context = context(request);
    String account = context.account();
    if (account == null) {
      throw new Problem(
          ProblemType.UNAUTHENTICATED, "a position is kept for an account (expected: a token)");
    }
    Play play =
        store
            .find(playbackId)
            .filter(found -> account.equals(found.accountId()))
            .orElseThrow(
                () -> new Problem(ProblemType.NOT_FOUND, "there is no play " + playbackId));
    if (body.positionMillis() < 0 || body.positionMillis() > play.durationMillis()) {
      throw new Problem(
          ProblemType.INVALID,
          "positionMillis is "
              + body.positionMillis()
              + " (expected: 0 to "
              + play.durationMillis()
              + ")");
    }
    bookmarks.put(account, play.ref().titleId(), body.positionMillis());
  }

  /**
   * Takes what a client measured and did since its last report. Several viewers' errors at a node
   * make steering send fewer plays there. Safe to repeat. What is taken may still be lost: reports
   * are for figures, and nobody's play hangs on one.
   *
   * @param playbackId of a play of the same caller; one of its manifest URLs in the body proves it
   *     too
   */
  @PostMapping(
      path = "/api/v1/playbacks/{playbackId}/reports",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Refuses({
    ProblemType.INVALID,
    ProblemType.NOT_FOUND,
    ProblemType.EXPIRED,
    ProblemType.UNAVAILABLE
  })
  void reportPlay(
      @PathVariable String playbackId, @RequestBody PlayReport body, HttpServletRequest request) {
    checkPlaybackId(playbackId);
    checkReport(body);
    String passToken = body.manifest() == null ? null : passIn(body.manifest());
    switch (reports.take(playbackId, body, passToken, context(request))) {
      case ReportOutcome.Taken() -> {}
      case ReportOutcome.NoSuchPlay(String id) ->
          throw new Problem(ProblemType.NOT_FOUND, "there is no play " + id);
      case ReportOutcome.Ended(String id) ->
          throw new Problem(ProblemType.EXPIRED, "play " + id + " has ended (expected: a new one)");
      case ReportOutcome.NotKnownNow(String id) -> throw Problem.notKnownHere("play " + id);
    }
  }

  private GrantedPlay granted(PlayOutcome outcome) {
    counters.ended(outcome);
    return switch (outcome) {
      case PlayOutcome.Granted(GrantedPlay play) -> play;
      case PlayOutcome.NeedsAccount(String titleId) ->
          throw new Problem(
              ProblemType.UNAUTHENTICATED,
              "title " + titleId + " is not public (expected: a bearer token)");
      case PlayOutcome.UnknownAccount(String accountId) ->
          throw new Problem(
              ProblemType.UNKNOWN_ACCOUNT, "account " + accountId + " is not known here");
      case PlayOutcome.NotEntitled(String accountId, String titleId) ->
          throw new Problem(
              ProblemType.NOT_ENTITLED,
              "account " + accountId + " has no right to title " + titleId);
      case PlayOutcome.NoSuchTitle(String titleId) ->
          throw new Problem(ProblemType.NOT_FOUND, "there is no title " + titleId);
      case PlayOutcome.NoSuchPlay(String playbackId) ->
          throw new Problem(ProblemType.NOT_FOUND, "there is no play " + playbackId);
      case PlayOutcome.KeyOfAnother(String titleId) ->
          throw new Problem(
              ProblemType.CONFLICT,
              CreatePlayback.IDEMPOTENCY_KEY
                  + " began a play of title "
                  + titleId
                  + " (expected: a new key for each press of Play)");
      case PlayOutcome.Ended(String playbackId) ->
          throw new Problem(
              ProblemType.EXPIRED, "play " + playbackId + " has ended (expected: a new one)");
      case PlayOutcome.NotPlaced(String titleId) ->
          throw new Problem(
              ProblemType.NOT_PLACED, "title " + titleId + " is not held by enough nodes yet");
      case PlayOutcome.Exhausted(String titleId) ->
          throw new Problem(
              ProblemType.EXHAUSTED, "no node that holds title " + titleId + " takes plays now");
      case PlayOutcome.NotKnownNow(String what) -> throw Problem.notKnownHere(what);
    };
  }

  private RequestContext context(HttpServletRequest request) {
    return requests.context(
        request, BearerFilter.caller(request).map(Caller::subject).orElse(null));
  }

  private Manifests manifests(GrantedPlay granted) {
    String base = manifestsBase + granted.passToken() + "/";
    return new Manifests(
        base + "main.m3u8",
        base + "main.mpd",
        base + "play.json",
        redirects ? base + "redirected.m3u8" : null);
  }

  private static List<RankedNode> ranking(GrantedPlay granted) {
    return granted.nodes().stream()
        .map(node ->
            new RankedNode(
                PlayPass.pathwayId(granted.play().playbackId(), node.nodeId()),
                node.nodeId(),
                node.siteId(),
                node.baseUrl()))
        .toList();
  }

  private static String checkedTitleId(@Nullable String titleId) {
    if (titleId == null) {
      throw new Problem(ProblemType.INVALID, "titleId is missing (expected: a title's id)");
    }
    if (!titleId.matches(PackageRef.ID_PATTERN)) {
      throw new Problem(
          ProblemType.INVALID,
          "titleId is " + Problem.quoted(titleId) + " (expected: " + PackageRef.ID_PATTERN + ")");
    }
    return titleId;
  }

  private static void checkKey(@Nullable String key) {
    if (key != null && !key.matches(CreatePlayback.IDEMPOTENCY_KEY_PATTERN)) {
      throw new Problem(
          ProblemType.INVALID,
          CreatePlayback.IDEMPOTENCY_KEY
              + " is "
              + Problem.quoted(key)
              + " (expected: 1 to 128 visible ASCII characters)");
    }
  }

  private static void checkReport(PlayReport report) {
    @Nullable Object sentAt = report.sentAt(); // what JSON lacks arrives as null
    if (sentAt == null) {
      throw new Problem(ProblemType.INVALID, "sentAt is missing (expected: the client's clock)");
    }
    if (report.events().size() > PlayReport.MAX_EVENTS) {
      throw new Problem(
          ProblemType.INVALID,
          "events are "
              + report.events().size()
              + " (expected: at most "
              + PlayReport.MAX_EVENTS
              + ")");
    }
  }

  private static void checkPlaybackId(String playbackId) {
    if (!playbackId.matches(Play.ID_PATTERN)) {
      throw new Problem(ProblemType.NOT_FOUND, "there is no play " + Problem.quoted(playbackId));
    }
  }

  private static String passIn(String manifest) {
    Matcher matcher = PASS_IN_URL.matcher(manifest);
    if (manifest.length() > 4096 || !matcher.matches()) {
      throw new Problem(
          ProblemType.INVALID, "manifest is something else (expected: one of the play's URLs)");
    }
    return matcher.group(1);
  }
}
