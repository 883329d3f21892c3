package io.tributary.playback.plays;

import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.PlayRenewed;
import io.tributary.contracts.event.PlayStarted;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.playback.bookmarks.Bookmarks;
import io.tributary.playback.catalogue.CatalogueTitle;
import io.tributary.playback.catalogue.CatalogueTitle.CurrentPackage;
import io.tributary.playback.catalogue.Titles;
import io.tributary.playback.entitlement.ViewerAccount;
import io.tributary.playback.entitlement.Viewers;
import io.tributary.playback.events.Events;
import io.tributary.playback.lastknown.Recall;
import io.tributary.playback.manifest.PlayPass;
import io.tributary.playback.manifest.PlayPass.Stop;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.store.StoreAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Grants and renews plays: account, entitlement, title, nodes. Every fact comes from its owner
 * where that answers, and from this service's memory where it does not; then the play is stale, but
 * it starts.
 *
 * <p>Safe for use by many threads; blocks for at most some seconds.
 */
public final class Plays {
  /** A play's state outlives its manifests, so that a late renewal is told what it is. */
  private static final Duration KEEP_ENDED = Duration.ofHours(1);

  /** So near the end there is nothing to resume. */
  private static final double RESUME_UP_TO = 0.95;

  private final Viewers viewers;
  private final Titles titles;
  private final Bookmarks bookmarks;
  private final Steering steering;
  private final LastRankings lastRankings;
  private final PlayStore store;
  private final PlayPasses passes;
  private final Events events;
  private final PlayRules rules;
  private final InstantSource time;
  private final PlayIds ids;

  public Plays(
      Viewers viewers,
      Titles titles,
      Bookmarks bookmarks,
      Steering steering,
      LastRankings lastRankings,
      PlayStore store,
      PlayPasses passes,
      Events events,
      PlayRules rules,
      InstantSource time,
      RandomGenerator random) {
    this.viewers = viewers;
    this.titles = titles;
    this.bookmarks = bookmarks;
    this.steering = steering;
    this.lastRankings = lastRankings;
    this.store = store;
    this.passes = passes;
    this.events = events;
    this.rules = rules;
    this.time = time;
    this.ids = new PlayIds(random);
  }

  /**
   * Starts a play of a title for whoever the context names.
   *
   * @param idempotencyKey the same for each repetition of one press of Play, which all get the same
   *     play; null where the client sent none
   */
  public PlayOutcome start(
      String titleId, @Nullable String idempotencyKey, RequestContext context) {
    return switch (titles.find(titleId)) {
      case Recall.Unknown<CatalogueTitle>() ->
          context.account() == null
              ? new PlayOutcome.NeedsAccount(titleId)
              : new PlayOutcome.NotKnownNow("title " + titleId);
      case Recall.Absent<CatalogueTitle>() ->
          context.account() == null
              ? new PlayOutcome.NeedsAccount(titleId)
              : new PlayOutcome.NoSuchTitle(titleId);
      case Recall.Known<CatalogueTitle>(CatalogueTitle title, boolean isStale) ->
          title.isPublic()
              ? start(title, idempotencyKey, isStale, context)
              : ifEntitled(
                  titleId,
                  isStale,
                  context,
                  areStale -> start(title, idempotencyKey, areStale, context));
    };
  }

  /**
   * Lets a play go on, with a new ranking of its package, if its caller may still play the title.
   *
   * @param passToken of one of the play's manifest URLs; null where the client sent none
   */
  public PlayOutcome renew(String playbackId, @Nullable String passToken, RequestContext context) {
    Optional<Play> kept;
    try {
      kept = store.find(playbackId);
    } catch (StoreAwayException away) {
      if (passToken == null) {
        return new PlayOutcome.NotKnownNow("play " + playbackId);
      }
      kept = Optional.empty();
    }
    if (kept.isPresent()) {
      Play play = kept.get();
      return Objects.equals(play.accountId(), context.account())
          ? renewIfAllowed(play, true, List.of(), false, context)
          : new PlayOutcome.NoSuchPlay(playbackId);
    }
    if (passToken == null) {
      return new PlayOutcome.NoSuchPlay(playbackId);
    }
    return switch (passes.read(passToken)) {
      case PlayPasses.Reading.Over() -> new PlayOutcome.Ended(playbackId);
      case PlayPasses.Reading.NotOurs() -> new PlayOutcome.NoSuchPlay(playbackId);
      case PlayPasses.Reading.Valid(PlayPass pass) ->
          pass.playbackId().equals(playbackId)
              ? renewIfAllowed(
                  new Play(
                      playbackId,
                      context.account(),
                      pass.ref(),
                      pass.durationMillis(),
                      pass.grantedAt(),
                      pass.expiresAt()),
                  pass.isOf(context.account()),
                  pass.stops(),
                  true,
                  context)
              : new PlayOutcome.NoSuchPlay(playbackId);
    };
  }

  /**
   * Since the play began, its title may have gone or have stopped being public, and the account may
   * have lost its right.
   *
   * @param isCallers whether the play is known to be the caller's; a manifest URL alone, which may
   *     have been passed on, opens public titles only
   */
  private PlayOutcome renewIfAllowed(
      Play play,
      boolean isCallers,
      List<Stop> knownStops,
      boolean isStale,
      RequestContext context) {
    String titleId = play.ref().titleId();
    return switch (titles.find(titleId)) {
      case Recall.Unknown<CatalogueTitle>() -> new PlayOutcome.NotKnownNow("title " + titleId);
      case Recall.Absent<CatalogueTitle>() -> new PlayOutcome.NoSuchTitle(titleId);
      case Recall.Known<CatalogueTitle>(CatalogueTitle title, boolean titleIsStale) -> {
        if (title.isPublic()) {
          yield renew(play, knownStops, isStale || titleIsStale, context);
        }
        if (context.account() != null && !isCallers) {
          yield new PlayOutcome.NoSuchPlay(play.playbackId());
        }
        yield ifEntitled(
            titleId,
            isStale || titleIsStale,
            context,
            areStale -> renew(play, knownStops, areStale, context));
      }
    };
  }

  /**
   * Goes on with a title that is not public if the caller's account may play it.
   *
   * @param then is told whether any of the facts is stale
   */
  private PlayOutcome ifEntitled(
      String titleId,
      boolean titleIsStale,
      RequestContext context,
      Function<Boolean, PlayOutcome> then) {
    String accountId = context.account();
    if (accountId == null) {
      return new PlayOutcome.NeedsAccount(titleId);
    }
    return switch (viewers.find(accountId)) {
      case Recall.Unknown<ViewerAccount>() -> new PlayOutcome.NotKnownNow("account " + accountId);
      case Recall.Absent<ViewerAccount>() -> new PlayOutcome.UnknownAccount(accountId);
      case Recall.Known<ViewerAccount>(ViewerAccount account, boolean accountIsStale) ->
          account.mayPlay(titleId)
              ? then.apply(titleIsStale || accountIsStale)
              : new PlayOutcome.NotEntitled(accountId, titleId);
    };
  }

  private PlayOutcome start(
      CatalogueTitle title,
      @Nullable String idempotencyKey,
      boolean isStale,
      RequestContext context) {
    CurrentPackage current = title.current();
    if (current == null) {
      return new PlayOutcome.NotPlaced(title.titleId());
    }
    Instant now = time.instant();
    String playbackId = ids.of(idempotencyKey, context);
    Optional<Play> begun = idempotencyKey == null ? Optional.empty() : findBegun(playbackId);
    if (begun.isPresent() && !begun.get().ref().titleId().equals(title.titleId())) {
      return new PlayOutcome.KeyOfAnother(begun.get().ref().titleId());
    }
    if (begun.isPresent() && !now.isBefore(begun.get().expiresAt())) {
      return new PlayOutcome.Ended(playbackId);
    }
    Play play =
        begun.orElseGet(() ->
            new Play(
                playbackId,
                context.account(),
                new PackageRef(title.titleId(), current.packageVersion()),
                current.durationMillis(),
                now,
                now.plus(rules.life(current.durationMillis()))));
    PlayOutcome outcome =
        grant(play, title.name(), now, List.of(), isStale, resumePosition(play), context);
    if (outcome instanceof PlayOutcome.Granted(GrantedPlay granted)) {
      events.playStarted(
          new PlayStarted(
              play.playbackId(),
              play.accountId(),
              title.titleId(),
              play.ref().packageVersion(),
              ClientNetwork.of(context.clientAddress()),
              nodeIds(granted),
              granted.isStale()),
          granted.decisionId(),
          context);
    }
    return outcome;
  }

  /** With the store away, what has begun before begins anew, under the same id. */
  private Optional<Play> findBegun(String playbackId) {
    try {
      return store.find(playbackId);
    } catch (StoreAwayException _) {
      return Optional.empty();
    }
  }

  private PlayOutcome renew(
      Play play, List<Stop> knownStops, boolean isStale, RequestContext context) {
    Instant now = time.instant();
    if (!now.isBefore(play.expiresAt())) {
      return new PlayOutcome.Ended(play.playbackId());
    }
    Play renewed =
        new Play(
            play.playbackId(),
            play.accountId(),
            play.ref(),
            play.durationMillis(),
            play.startedAt(),
            now.plus(rules.life(play.durationMillis())));
    PlayOutcome outcome = grant(renewed, "", now, knownStops, isStale, 0, context);
    if (outcome instanceof PlayOutcome.Granted(GrantedPlay granted)) {
      events.playRenewed(
          new PlayRenewed(
              play.playbackId(),
              play.ref().titleId(),
              play.ref().packageVersion(),
              nodeIds(granted)),
          granted.decisionId(),
          context);
    }
    return outcome;
  }

  private PlayOutcome grant(
      Play play,
      String titleName,
      Instant now,
      List<Stop> knownStops,
      boolean isStale,
      long resumePositionMillis,
      RequestContext context) {
    PackageRef ref = play.ref();
    Steering.Answer answer =
        steering.rank(
            new RankingRequest(
                play.playbackId(),
                ref.titleId(),
                ref.packageVersion(),
                context.clientAddress(),
                rules.maxNodes(),
                null,
                List.of()));
    Ranking ranking;
    boolean rankingIsStale;
    switch (answer) {
      case Steering.Answer.Decided(Ranking decided) -> {
        if (decided.nodes().isEmpty()) {
          return decided.outcome().equals("not-placed")
              ? new PlayOutcome.NotPlaced(ref.titleId())
              : new PlayOutcome.Exhausted(ref.titleId());
        }
        lastRankings.saw(ref, decided);
        ranking = decided;
        rankingIsStale = decided.snapshotAgeMillis() > rules.staleAfter().toMillis();
      }
      case Steering.Answer.Away() -> {
        Optional<Ranking> last =
            lastRankings.find(ref, play.playbackId()).or(() -> fromStops(knownStops));
        if (last.isEmpty()) {
          return new PlayOutcome.NotKnownNow("nodes of " + ref.path());
        }
        ranking = last.get();
        rankingIsStale = true;
      }
    }
    String passToken =
        passes.sign(
            new PlayPass(
                play.playbackId(),
                ref,
                play.durationMillis(),
                ranking.nodes().stream()
                    .map(node -> new Stop(node.nodeId(), node.baseUrl()))
                    .toList(),
                now,
                play.expiresAt(),
                ClientNetwork.of(context.clientAddress()),
                PlayPass.owner(play.playbackId(), play.accountId())));
    store.keep(play, Duration.between(now, play.expiresAt()).plus(KEEP_ENDED));
    return new PlayOutcome.Granted(
        new GrantedPlay(
            play,
            titleName,
            passToken,
            ranking.nodes(),
            ranking.decisionId(),
            resumePositionMillis,
            isStale || rankingIsStale));
  }

  /** With everything away, a play that runs may at least go on where it is. */
  private static Optional<Ranking> fromStops(List<Stop> stops) {
    return stops.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ranking(
                "",
                0,
                Long.MAX_VALUE,
                stops.stream()
                    .map(stop -> new Ranking.Node(stop.nodeId(), "", stop.baseUrl()))
                    .toList(),
                "steered"));
  }

  /** A bookmark that cannot be read is not worth an error: the viewer finds the place. */
  private long resumePosition(Play play) {
    if (play.accountId() == null) {
      return 0;
    }
    try {
      long position = bookmarks.find(play.accountId(), play.ref().titleId()).orElse(0);
      return position < play.durationMillis() * RESUME_UP_TO ? position : 0;
    } catch (StoreAwayException _) {
      return 0;
    }
  }

  private static List<String> nodeIds(GrantedPlay granted) {
    return granted.nodes().stream().map(Ranking.Node::nodeId).toList();
  }
}
