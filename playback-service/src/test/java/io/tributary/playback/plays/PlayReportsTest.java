package io.tributary.playback.plays;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tributary.contracts.api.PlayEvent;
import io.tributary.contracts.api.PlayReport;
import io.tributary.contracts.api.PlayerState;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.PlayRenewed;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.event.PlayStarted;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.Given;
import io.tributary.playback.events.Events;
import io.tributary.playback.manifest.PlayPass;
import io.tributary.playback.manifest.PlayPass.Stop;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.store.StoreAwayException;
import io.tributary.token.KeySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlayReportsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  private static final PackageRef FILM = new PackageRef("film", "p1");
  private static final String ID = "q3VhX0mTz8Jp1LrKd5sYwA";
  private static final List<Stop> STOPS =
      List.of(new Stop("oca-1", "http://a:1"), new Stop("oca-2", "http://b:1"));

  private final List<PlayReported> told = new ArrayList<>();
  private @Nullable Play kept;
  private boolean storeIsAway;
  private PlayPasses passes;
  private PlayReports reports;

  @BeforeEach
  void signs() throws JOSEException {
    passes =
        new PlayPasses(
            KeySet.parse(
                new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false)),
            JsonMapper.shared(),
            () -> NOW);
    reports = new PlayReports(new OnePlay(), passes, new Told(), () -> NOW);
  }

  @Nested
  class GivenAManifest {
    @Test
    void whenItIsTheCallersOwn_thenTheReportIsToldWithTheNodesOfThePlay() {
      storeIsAway = true;
      String pathway = PlayPass.pathwayId(ID, "oca-2");

      assertThat(take(pass("ann"), "ann", error("oca-1", null), error(null, pathway)))
          .isEqualTo(new ReportOutcome.Taken());
      assertThat(told)
          .containsExactly(
              new PlayReported(
                  ID,
                  "ann",
                  "film",
                  "p1",
                  "192.0.2.0/24",
                  NOW,
                  -250,
                  "player/1",
                  List.of(
                      error("oca-1", PlayPass.pathwayId(ID, "oca-1")), error("oca-2", pathway))));
    }

    @Test
    void whenThePlayIsNobodys_thenAnyoneWithTheManifestReportsWithoutAToken() {
      storeIsAway = true;

      assertThat(take(pass(null), null, error("oca-1", null))).isEqualTo(new ReportOutcome.Taken());
      assertThat(told.getFirst().account()).isNull();
      assertThat(told.getFirst().events().getFirst().nodeId()).isEqualTo("oca-1");
    }

    @Test
    void whenItIsAnotherAccounts_thenThereIsNoSuchPlay() {
      assertThat(take(pass("ann"), "eve", error("oca-1", null)))
          .isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(take(pass("ann"), null, error("oca-1", null)))
          .isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(told).isEmpty();
    }

    @Test
    void whenItIsOfAnotherPlayOrForgedOrOver_thenItProvesNothing() {
      String others =
          passes.sign(
              new PlayPass("A".repeat(22), FILM, 60_000, STOPS, NOW, NOW.plusSeconds(60), "", ""));
      String old =
          passes.sign(
              new PlayPass(
                  ID, FILM, 60_000, STOPS, NOW.minusSeconds(60), NOW.minusSeconds(1), "", ""));

      assertThat(take(others, null, error("oca-1", null)))
          .isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(take("forged", null, error("oca-1", null)))
          .isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(take(old, null, error("oca-1", null))).isEqualTo(new ReportOutcome.Ended(ID));
      assertThat(told).isEmpty();
    }

    @Test
    void whenAnEventNamesANodeThatThePlayWasNotGiven_thenItBlamesNobody() {
      take(
          pass("ann"),
          "ann",
          error("oca-9", null),
          error("oca-9", PlayPass.pathwayId(ID, "oca-1")),
          error(null, PlayPass.pathwayId(ID, "oca-9")));

      assertThat(told.getFirst().events())
          .containsExactly(error(null, null), error(null, null), error(null, null));
    }
  }

  @Nested
  class GivenNoManifest {
    @Test
    void whenTheStoreKnowsThePlayOfTheAccount_thenItIsToldWithoutNodes() {
      kept = play("ann");

      assertThat(take(null, "ann", error("oca-1", PlayPass.pathwayId(ID, "oca-1"))))
          .isEqualTo(new ReportOutcome.Taken());
      assertThat(told.getFirst().account()).isEqualTo("ann");
      assertThat(told.getFirst().events()).containsExactly(error(null, null));
    }

    @Test
    void whenItIsAnotherAccountsOrNoPlay_thenThereIsNoSuchPlay() {
      kept = play("ann");
      assertThat(take(null, "eve", error(null, null))).isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(take(null, null, error(null, null))).isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      kept = null;
      assertThat(take(null, "ann", error(null, null))).isEqualTo(new ReportOutcome.NoSuchPlay(ID));
      assertThat(told).isEmpty();
    }

    @Test
    void whenTheStoreIsAway_thenTheClientMayComeBack() {
      storeIsAway = true;

      assertThat(take(null, "ann", error(null, null))).isEqualTo(new ReportOutcome.NotKnownNow(ID));
    }
  }

  /** A later client's words must not make this service refuse, or steering set aside, a report. */
  @Test
  void givenEventsThatThisDoesNotKnow_whenTaken_thenTheyAloneAreLeftOut() {
    PlayReport report =
        JsonMapper.shared()
            .readValue(
                """
                {"sentAt": "2026-11-23T03:00:00Z", "events": [
                  {"sequence": 0, "time": "2026-11-23T03:00:00Z", "kind": "new", "state": "playing"},
                  {"sequence": 1, "time": "2026-11-23T03:00:00Z", "kind": "state", "state": "new"},
                  {"sequence": 2, "kind": "state", "state": "playing"},
                  {"sequence": 3, "time": "2026-11-23T03:00:00Z", "kind": "state", "state": "paused"}
                ]}
                """,
                PlayReport.class);

    reports.take(ID, report, pass(null), by(null));

    assertThat(told.getFirst().events()).extracting(PlayEvent::sequence).containsExactly(3L);
    reports.take(
        ID, new PlayReport(NOW, null, report.events().subList(0, 3), null), pass(null), by(null));
    assertThat(told).hasSize(1);
  }

  @Test
  void givenAClientWithoutMeasure_whenTaken_thenItsClockAndWordsAreCut() {
    String endless = "x".repeat(10_000);
    PlayEvent event = Given.error(0, Instant.MIN, PlayerState.FAILED, endless, endless, endless);

    reports.take(
        ID, new PlayReport(Instant.MAX, endless, List.of(event), null), pass(null), by(null));

    PlayReported reported = told.getFirst();
    assertThat(reported.clockSkewMillis()).isEqualTo(Duration.ofDays(3_650).toMillis());
    assertThat(reported.player()).hasSize(128);
    assertThat(reported.events().getFirst().errorCode()).hasSize(128);
    assertThat(reported.events().getFirst().pathwayId()).isNull();
  }

  private ReportOutcome take(
      @Nullable String passToken, @Nullable String account, PlayEvent... events) {
    return reports.take(
        ID,
        new PlayReport(NOW.minusMillis(250), "player/1", List.of(events), null),
        passToken,
        by(account));
  }

  private String pass(@Nullable String account) {
    return passes.sign(
        new PlayPass(
            ID,
            FILM,
            60_000,
            STOPS,
            NOW,
            NOW.plusSeconds(60),
            "198.51.100.0/24",
            PlayPass.owner(ID, account)));
  }

  private static Play play(@Nullable String account) {
    return new Play(ID, account, FILM, 60_000, NOW, NOW.plusSeconds(60));
  }

  private static PlayEvent error(@Nullable String nodeId, @Nullable String pathwayId) {
    return Given.error(7, NOW, PlayerState.PLAYING, pathwayId, nodeId, "UNREACHABLE");
  }

  private static RequestContext by(@Nullable String account) {
    return Given.request(account, Priority.BULK, NOW.plusSeconds(10));
  }

  private final class OnePlay implements PlayStore {
    @Override
    public void keep(Play play, Duration keepFor) {
      throw new AssertionError("a report keeps no play");
    }

    @Override
    public Optional<Play> find(String playbackId) {
      if (storeIsAway) {
        throw new StoreAwayException("away");
      }
      return Optional.ofNullable(kept);
    }
  }

  private final class Told implements Events {
    @Override
    public void playStarted(PlayStarted event, String decisionId, RequestContext context) {
      throw new AssertionError("a report starts no play");
    }

    @Override
    public void playRenewed(PlayRenewed event, String decisionId, RequestContext context) {
      throw new AssertionError("a report renews no play");
    }

    @Override
    public void playReported(PlayReported event, RequestContext context) {
      told.add(event);
    }

    @Override
    public void adminActed(AdminActed event, RequestContext context) {
      throw new AssertionError("a report is no operator's act");
    }
  }
}
