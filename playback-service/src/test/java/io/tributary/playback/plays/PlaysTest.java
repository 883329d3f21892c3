package io.tributary.playback.plays;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.event.PlayRenewed;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.event.PlayStarted;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.playback.Given;
import io.tributary.playback.bookmarks.Bookmarks;
import io.tributary.playback.catalogue.CatalogueTitle;
import io.tributary.playback.catalogue.InMemoryCatalogue;
import io.tributary.playback.catalogue.Publication;
import io.tributary.playback.catalogue.Titles;
import io.tributary.playback.entitlement.InMemoryAccounts;
import io.tributary.playback.entitlement.ViewerAccount;
import io.tributary.playback.entitlement.Viewers;
import io.tributary.playback.events.Events;
import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.LastKnownFiles;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.plays.PlayOutcome.Granted;
import io.tributary.playback.store.StoreAwayException;
import io.tributary.token.KeySet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The rules of a play, with everything around it in memory (but for the last-known files). */
class PlaysTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
  private static final PackageRef FILM = new PackageRef("film", "p1");
  private static final Ranking TWO_NODES =
      new Ranking(
          "decision-1",
          7,
          100,
          List.of(
              new Ranking.Node("oca-1", "site-a", "http://a:1"),
              new Ranking.Node("oca-2", "site-b", "http://b:1")),
          "steered");
  private static final Duration RANKINGS_KEPT = PlayRules.DEFAULTS.minimumLife();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path disk;
  private final InMemoryCatalogue catalogue = new InMemoryCatalogue();
  private final InMemoryAccounts accounts = new InMemoryAccounts();
  private final Map<String, Play> kept = new HashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private final List<Object> told = new ArrayList<>();
  private Instant now = START;
  private Steering.Answer steering = new Steering.Answer.Decided(TWO_NODES);
  private boolean storesAreAway;
  private PlayPasses passes;
  private Plays plays;

  @BeforeEach
  void aPlacedFilmAndAnEntitledAccount() throws JOSEException {
    passes =
        new PlayPasses(
            KeySet.parse(
                new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false)),
            JsonMapper.shared(),
            this::now);
    plays = restarted();
    catalogue.publish(new Publication(FILM, "A film", 60_000, "hash", START), new byte[0]);
    catalogue.place(FILM, START, START);
    accounts.put(new ViewerAccount("ann", Set.of("film")));
    accounts.put(new ViewerAccount("eve", Set.of("another")));
  }

  @Nested
  class GivenEverythingAnswers {
    @Test
    void whenAnEntitledAccountPlays_thenItIsGrantedOnTheRankedNodes() {
      GrantedPlay play = granted(plays.start("film", null, by("ann")));

      assertThat(play.play())
          .isEqualTo(
              new Play(
                  play.play().playbackId(),
                  "ann",
                  FILM,
                  60_000,
                  START,
                  START.plus(Duration.ofHours(12))));
      assertThat(play.play().playbackId()).matches(Play.ID_PATTERN);
      assertThat(play.nodes()).isEqualTo(TWO_NODES.nodes());
      assertThat(play.isStale()).isFalse();
      assertThat(told)
          .containsExactly(
              new PlayStarted(
                  play.play().playbackId(),
                  "ann",
                  "film",
                  "p1",
                  "192.0.2.0/24",
                  List.of("oca-1", "oca-2"),
                  false));
    }

    @Test
    void whenTheTitleIsLong_thenThePlayLastsThreeTimesAsLong() {
      PackageRef opera = new PackageRef("opera", "p1");
      catalogue.publish(
          new Publication(opera, "An opera", Duration.ofHours(5).toMillis(), "hash", START),
          new byte[0]);
      catalogue.place(opera, START, START);
      accounts.put(new ViewerAccount("ann", Set.of("*")));

      assertThat(granted(plays.start("opera", null, by("ann"))).play().expiresAt())
          .isEqualTo(START.plus(Duration.ofHours(15)));
    }

    @Test
    void whenTheCallerMayNot_thenTheReasonIsSaid() {
      assertThat(plays.start("film", null, by(null)))
          .isEqualTo(new PlayOutcome.NeedsAccount("film"));
      assertThat(plays.start("nothing", null, by(null)))
          .isEqualTo(new PlayOutcome.NeedsAccount("nothing"));
      assertThat(plays.start("nothing", null, by("ann")))
          .isEqualTo(new PlayOutcome.NoSuchTitle("nothing"));
      assertThat(plays.start("film", null, by("stranger")))
          .isEqualTo(new PlayOutcome.UnknownAccount("stranger"));
      assertThat(plays.start("film", null, by("eve")))
          .isEqualTo(new PlayOutcome.NotEntitled("eve", "film"));
    }

    @Test
    void whenTheTitleIsPublic_thenNobodyIsAskedWhoTheyAre() {
      catalogue.edit("film", "A film", true);

      assertThat(granted(plays.start("film", null, by(null))).play().accountId()).isNull();
      assertThat(granted(plays.start("film", null, by("stranger"))).isStale()).isFalse();
    }

    @Test
    void whenNodesLackOrRefuse_thenItIsSaidWhich() {
      steering = decided("not-placed");
      assertThat(plays.start("film", null, by("ann"))).isEqualTo(new PlayOutcome.NotPlaced("film"));
      steering = decided("exhausted");
      assertThat(plays.start("film", null, by("ann"))).isEqualTo(new PlayOutcome.Exhausted("film"));
    }

    @Test
    void whenThereIsABookmark_thenThePlayResumesUnlessItIsNearTheEnd() {
      positions.put("ann/film", 30_000L);
      assertThat(granted(plays.start("film", null, by("ann"))).resumePositionMillis())
          .isEqualTo(30_000);
      positions.put("ann/film", 58_000L);
      assertThat(granted(plays.start("film", null, by("ann"))).resumePositionMillis()).isZero();
    }

    @Test
    void whenSteeringsSnapshotIsOld_thenThePlayIsStale() {
      steering =
          new Steering.Answer.Decided(
              new Ranking("decision-2", 7, 31_000, TWO_NODES.nodes(), "steered"));

      assertThat(granted(plays.start("film", null, by("ann"))).isStale()).isTrue();
    }

    @Test
    void whenAPlayIsRenewed_thenItKeepsItsPathwaysAndLastsAnew() {
      GrantedPlay first = granted(plays.start("film", null, by("ann")));
      now = START.plus(Duration.ofHours(1));

      GrantedPlay renewed = granted(plays.renew(first.play().playbackId(), null, by("ann")));

      assertThat(renewed.play().expiresAt()).isEqualTo(now.plus(Duration.ofHours(12)));
      assertThat(renewed.play().playbackId()).isEqualTo(first.play().playbackId());
      assertThat(told.getLast())
          .isEqualTo(
              new PlayRenewed(first.play().playbackId(), "film", "p1", List.of("oca-1", "oca-2")));
    }

    @Test
    void whenAPressOfPlayIsRepeated_thenItIsTheSamePlay() {
      GrantedPlay first = granted(plays.start("film", "press-1", by("ann")));
      catalogue.publish(
          new Publication(new PackageRef("film", "p2"), "A film", 70_000, "hash", START),
          new byte[0]);
      catalogue.place(new PackageRef("film", "p2"), START.plusSeconds(1), START.plusSeconds(1));
      now = START.plusSeconds(2);
      plays = restarted();

      assertThat(granted(plays.start("film", "press-1", by("ann"))).play()).isEqualTo(first.play());
      assertThat(told.getLast()).isEqualTo(told.getFirst());
      assertThat(granted(plays.start("film", "press-2", by("ann"))).play().playbackId())
          .isNotEqualTo(first.play().playbackId());
    }

    @Test
    void whenAKeyIsUsedForAnotherTitleOrAfterItsPlay_thenItIsRefused() {
      accounts.put(new ViewerAccount("ann", Set.of("*")));
      catalogue.publish(
          new Publication(new PackageRef("opera", "p1"), "An opera", 60_000, "hash", START),
          new byte[0]);
      catalogue.place(new PackageRef("opera", "p1"), START, START);
      String id = granted(plays.start("film", "press-1", by("ann"))).play().playbackId();

      assertThat(plays.start("opera", "press-1", by("ann")))
          .isEqualTo(new PlayOutcome.KeyOfAnother("film"));
      now = START.plus(Duration.ofHours(12));
      assertThat(plays.start("film", "press-1", by("ann"))).isEqualTo(new PlayOutcome.Ended(id));
    }

    @Test
    void whenTwoCallersUseOneKey_thenEachHasAPlayOfTheirOwn() {
      catalogue.edit("film", "A film", true);
      Set<String> ids = new HashSet<>();
      for (String account : List.of("ann", "eve")) {
        ids.add(granted(plays.start("film", "1", by(account))).play().playbackId());
      }
      ids.add(granted(plays.start("film", "1", by(null))).play().playbackId());

      assertThat(ids).hasSize(3);
    }

    @Test
    void whenAnotherAccountRenews_thenThereIsNoSuchPlay() {
      String id = granted(plays.start("film", null, by("ann"))).play().playbackId();

      assertThat(plays.renew(id, null, by("eve"))).isEqualTo(new PlayOutcome.NoSuchPlay(id));
    }

    @Test
    void whenTheAccountMayNoLonger_thenARenewalSaysWhy() {
      String id = granted(plays.start("film", null, by("ann"))).play().playbackId();

      accounts.put(new ViewerAccount("ann", Set.of("another")));
      plays = restarted();
      assertThat(plays.renew(id, null, by("ann")))
          .isEqualTo(new PlayOutcome.NotEntitled("ann", "film"));
      accounts.remove("ann");
      plays = restarted();
      assertThat(plays.renew(id, null, by("ann"))).isEqualTo(new PlayOutcome.UnknownAccount("ann"));
      catalogue.edit("film", "A film", true);
      plays = restarted();
      assertThat(granted(plays.renew(id, null, by("ann"))).isStale()).isFalse();
    }

    @Test
    void whenThePlayIsOver_thenARenewalIsToldSo() {
      String id = granted(plays.start("film", null, by("ann"))).play().playbackId();
      now = START.plus(Duration.ofHours(12));

      assertThat(plays.renew(id, null, by("ann"))).isEqualTo(new PlayOutcome.Ended(id));
    }
  }

  @Nested
  class GivenTheStoresAreAway {
    @Test
    void whenTitleAndAccountWereSeen_thenAPlayStartsAndSaysItIsStale() {
      granted(plays.start("film", null, by("ann")));
      allStoresAway();
      plays = restarted();

      assertThat(granted(plays.start("film", null, by("ann"))).isStale()).isTrue();
    }

    @Test
    void whenAPressOfPlayIsRepeated_thenItHasTheSameIdAllTheSame() {
      String id = granted(plays.start("film", "press-1", by("ann"))).play().playbackId();
      allStoresAway();

      assertThat(granted(plays.start("film", "press-1", by("ann"))).play().playbackId())
          .isEqualTo(id);
    }

    @Test
    void whenSteeringIsAwayToo_thenTheLastRankingServes() {
      granted(plays.start("film", null, by("ann")));
      allStoresAway();
      steering = new Steering.Answer.Away();
      plays = restarted();

      GrantedPlay play = granted(plays.start("film", null, by("ann")));

      assertThat(play.nodes()).containsExactlyInAnyOrderElementsOf(TWO_NODES.nodes());
      assertThat(play.isStale()).isTrue();
    }

    @Test
    void whenTheLastRankingIsOlderThanAPlaysLife_thenItsNodesAreNamedNoMore() {
      granted(plays.start("film", null, by("ann")));
      steering = new Steering.Answer.Away();
      now = START.plus(RANKINGS_KEPT).minusSeconds(1);
      assertThat(granted(plays.start("film", null, by("ann"))).isStale()).isTrue();
      now = START.plus(RANKINGS_KEPT).plusSeconds(1);

      assertThat(plays.start("film", null, by("ann")))
          .isEqualTo(new PlayOutcome.NotKnownNow("nodes of film/p1"));
    }

    @Test
    void whenTheyWereNotSeen_thenTheAnswerSaysToComeBack() {
      allStoresAway();

      assertThat(plays.start("film", null, by("ann")))
          .isEqualTo(new PlayOutcome.NotKnownNow("title film"));
    }

    /** Nobody would count what is sent there. */
    @Test
    void whenSteeringIsAwayAndHadNamedAnExternalCdn_thenOnlyOwnNodesServeNewPlays() {
      Ranking.Node own = new Ranking.Node("oca-1", "site-a", "http://a:1");
      Ranking.Node external =
          new Ranking.Node("cdn", "cdn", "https://cdn.example", NodeKind.EXTERNAL);
      steering =
          new Steering.Answer.Decided(new Ranking("d", 7, 100, List.of(external, own), "steered"));
      assertThat(granted(plays.start("film", null, by("ann"))).nodes())
          .containsExactly(external, own);

      steering = new Steering.Answer.Away();
      assertThat(granted(plays.start("film", null, by("ann"))).nodes()).containsExactly(own);
    }

    @Test
    void whenAPlayIsRenewedWithItsManifest_thenItGoesOnEvenWithSteeringAway() {
      GrantedPlay first = granted(plays.start("film", null, by("ann")));
      String id = first.play().playbackId();
      allStoresAway();
      steering = new Steering.Answer.Away();

      assertThat(plays.renew(id, null, by("ann")))
          .isEqualTo(new PlayOutcome.NotKnownNow("play " + id));
      assertThat(granted(plays.renew(id, first.passToken(), by("ann"))).isStale()).isTrue();
      assertThat(plays.renew("A".repeat(22), first.passToken(), by("ann")))
          .isInstanceOf(PlayOutcome.NoSuchPlay.class);
    }

    /** A position is refused beyond the duration, so a play without one would refuse them all. */
    @Test
    void whenAPlayIsRenewedByAReplicaThatNeverSawItsPackage_thenItKeepsItsDuration() {
      catalogue.edit("film", "A film", true);
      GrantedPlay first = granted(plays.start("film", null, by("ann")));
      catalogue.displace(FILM, START.plusSeconds(1));
      kept.clear();
      plays = restarted();

      GrantedPlay renewed =
          granted(plays.renew(first.play().playbackId(), first.passToken(), by("ann")));

      assertThat(renewed.play().durationMillis()).isEqualTo(60_000);
    }

    @Test
    void whenAManifestIsPassedOn_thenItRenewsAPublicTitleOnly() {
      accounts.put(new ViewerAccount("bob", Set.of("film")));
      granted(plays.start("film", null, by("bob")));
      GrantedPlay anns = granted(plays.start("film", null, by("ann")));
      String id = anns.play().playbackId();
      allStoresAway();

      assertThat(plays.renew(id, anns.passToken(), by(null)))
          .isEqualTo(new PlayOutcome.NeedsAccount("film"));
      assertThat(plays.renew(id, anns.passToken(), by("bob")))
          .isEqualTo(new PlayOutcome.NoSuchPlay(id));
      GrantedPlay again = granted(plays.renew(id, anns.passToken(), by("ann")));
      assertThat(granted(plays.renew(id, again.passToken(), by("ann"))).isStale()).isTrue();
    }

    @Test
    void whenAPassNamesNoOwner_thenItRenewsAPublicTitleOnly() {
      catalogue.edit("film", "A film", true);
      GrantedPlay nobodys = granted(plays.start("film", null, by(null)));
      String id = nobodys.play().playbackId();
      catalogue.edit("film", "A film", false);
      granted(plays.start("film", null, by("ann")));
      kept.clear();
      plays = restarted();

      assertThat(plays.renew(id, nobodys.passToken(), by("ann")))
          .isEqualTo(new PlayOutcome.NoSuchPlay(id));
      catalogue.edit("film", "A film", true);
      plays = restarted();
      assertThat(granted(plays.renew(id, nobodys.passToken(), by(null))).isStale()).isTrue();
    }
  }

  /** What is forgotten at the store is forgotten here, not remembered as last known. */
  @Test
  void givenARemovedAccount_whenTheStoreGoesAway_thenItIsNotKnown() {
    granted(plays.start("film", null, by("ann")));
    accounts.remove("ann");
    plays = restarted();
    assertThat(plays.start("film", null, by("ann")))
        .isEqualTo(new PlayOutcome.UnknownAccount("ann"));
    allStoresAway();

    assertThat(plays.start("film", null, by("ann")))
        .isEqualTo(new PlayOutcome.NotKnownNow("account ann"));
  }

  private Instant now() {
    return now;
  }

  private void allStoresAway() {
    catalogue.away(true);
    accounts.away(true);
    storesAreAway = true;
    // What was fresh is so no longer.
    plays = restarted();
  }

  private Plays restarted() {
    InstantSource time = this::now;
    Ticker ticker = () -> Duration.between(START, now).toNanos();
    return new Plays(
        new Viewers(
            accounts,
            new LastKnown<>(
                ViewerAccount.class, files("accounts", time), JSON, Duration.ofSeconds(5), ticker)),
        new Titles(
            catalogue,
            new LastKnown<>(
                CatalogueTitle.class, files("titles", time), JSON, Duration.ZERO, ticker)),
        new MapBookmarks(),
        request -> answer(request),
        new LastRankings(
            new LastKnownFiles(disk.resolve("rankings"), 100, RANKINGS_KEPT, time),
            RANKINGS_KEPT,
            JSON,
            ticker),
        new MapPlays(),
        passes,
        new Told(),
        PlayRules.DEFAULTS,
        time,
        new Random(1));
  }

  private LastKnownFiles files(String kind, InstantSource time) {
    return new LastKnownFiles(disk.resolve(kind), 100, Duration.ofDays(7), time);
  }

  private Steering.Answer answer(RankingRequest request) {
    assertThat(request.maxNodes()).isEqualTo(PlayRules.DEFAULTS.maxNodes());
    return steering;
  }

  private static Steering.Answer decided(String outcome) {
    return new Steering.Answer.Decided(new Ranking("decision-3", 7, 100, List.of(), outcome));
  }

  private static GrantedPlay granted(PlayOutcome outcome) {
    if (outcome instanceof Granted(GrantedPlay play)) {
      return play;
    }
    throw new AssertionError(outcome + " (expected: granted)");
  }

  private static RequestContext by(@Nullable String account) {
    return Given.request(account, Priority.CRITICAL, START.plusSeconds(10));
  }

  private void checkStores() {
    if (storesAreAway) {
      throw new StoreAwayException("away");
    }
  }

  private final class MapPlays implements PlayStore {
    @Override
    public void keep(Play play, Duration keepFor) {
      if (!storesAreAway) {
        kept.put(play.playbackId(), play);
      }
    }

    @Override
    public Optional<Play> find(String playbackId) {
      checkStores();
      return Optional.ofNullable(kept.get(playbackId));
    }
  }

  private final class MapBookmarks implements Bookmarks {
    @Override
    public OptionalLong find(String accountId, String titleId) {
      checkStores();
      Long position = positions.get(accountId + "/" + titleId);
      return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public void put(String accountId, String titleId, long positionMillis) {
      checkStores();
      positions.put(accountId + "/" + titleId, positionMillis);
    }
  }

  private final class Told implements Events {
    @Override
    public void playStarted(PlayStarted event, String decisionId, RequestContext context) {
      told.add(event);
    }

    @Override
    public void playRenewed(PlayRenewed event, String decisionId, RequestContext context) {
      told.add(event);
    }

    @Override
    public void playReported(PlayReported event, RequestContext context) {
      told.add(event);
    }

    @Override
    public void adminActed(AdminActed event, RequestContext context) {
      told.add(event);
    }
  }
}
