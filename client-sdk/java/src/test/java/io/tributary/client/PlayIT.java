package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.client.PlayEvent.EndReason;
import io.tributary.client.buffer.BufferConfig;
import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.error.PlayException;
import io.tributary.client.fixture.Behaviour;
import io.tributary.client.fixture.TestFleet;
import io.tributary.client.loading.LoadingConfig;
import io.tributary.client.media.MediaKind;
import io.tributary.client.nodes.NodeFault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole plays against a gateway and nodes in this process. */
@Timeout(30)
class PlayIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final int LAST_OF_EIGHT_SECONDS = 3;

  // Six segments of two seconds, of which one is enough to start and to bear a pause of this
  // machine's.
  private final TestFleet fleet = new TestFleet(3, 6, 2_000, 300_000, 900_000);
  private final TributaryClient client =
      TributaryClient.builder(fleet.gateway().uri("")).bearerToken(() -> "tok").build();
  private final List<PlayEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopFleet() {
    fleet.close();
  }

  @Test
  void aTitlePlaysToItsEndInRealTime() throws Exception {
    PlayReport report = play(PlayOptions.defaults().atMost(Duration.ofSeconds(4)));

    assertThat(report.error()).isNull();
    assertThat(report.playbackId()).isEqualTo("play-1");
    assertThat(report.playedMillis()).isEqualTo(4_000);
    assertThat(report.rebufferCount()).isEqualTo(OptionalInt.of(0));
    assertThat(report.rebufferMillis()).isEqualTo(OptionalLong.of(0));
    assertThat(report.segments()).isEqualTo(4);
    assertThat(report.nodes()).containsExactly(new PlayReport.NodeShare("node-0", 4));
    assertThat(report.failovers()).isZero();
    assertThat(report.startupMillis().getAsLong()).isLessThan(5_000);
    assertThat(events).hasAtLeastOneElementOfType(PlayEvent.Started.class);
    assertThat(events.get(events.size() - 1))
        .isEqualTo(new PlayEvent.Ended(EndReason.PLAYED, report));
    assertThat(fleet.gateway().requests().get(0).authorization()).isEqualTo("Bearer tok");
    assertThat(fleet.gateway().requests().get(1).authorization()).isEmpty();
    assertThat(fleet.node(0).requests()).allMatch(request -> request.authorization().isEmpty());
  }

  @Test
  void withoutPacingTheRebufferFiguresAreAbsent() throws Exception {
    PlayReport report = play(PlayOptions.defaults().withoutPacing());

    assertThat(report.error()).isNull();
    assertThat(report.playedMillis()).isEqualTo(12_000);
    assertThat(report.segments()).isEqualTo(12);
    assertThat(report.rebufferCount()).isEqualTo(OptionalInt.empty());
    assertThat(report.rebufferMillis()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void theServingNodeDiesInMidPlayAndNobodySeesIt() throws Exception {
    Play play = client.open("demo", tenSecondsEightAhead());
    onceBuffered(
        play,
        () -> {
          assertThat(play.currentNode()).isEqualTo(Optional.of("node-0"));
          fleet.node(0).close();
        });

    PlayReport report = run(play);

    assertThat(report.error()).isNull();
    assertThat(report.rebufferMillis()).isEqualTo(OptionalLong.of(0));
    assertThat(report.failovers()).isEqualTo(1);
    assertThat(report.playedMillis()).isEqualTo(10_000);
    assertThat(play.currentNode()).isEqualTo(Optional.of("node-1"));
    assertThat(events)
        .filteredOn(event -> event instanceof PlayEvent.NodeSwitched)
        .hasSize(1)
        .allMatch(event ->
            ((PlayEvent.NodeSwitched) event).from().equals("node-0")
                && ((PlayEvent.NodeSwitched) event).to().equals("node-1"));
  }

  @Test
  void theServingNodeHangsInMidPlayAndNobodySeesIt() throws Exception {
    Play play = client.open("demo", tenSecondsEightAhead());
    onceBuffered(play, () -> fleet.node(0).behave(new Behaviour.Hang()));

    PlayReport report = run(play);

    assertThat(report.error()).isNull();
    assertThat(report.rebufferMillis()).isEqualTo(OptionalLong.of(0));
    assertThat(report.failovers()).isEqualTo(1);
    assertThat(faults()).containsExactly(NodeFault.STALLED);
  }

  @Test
  void twoNodesHangAtOnceAndNobodySeesIt() throws Exception {
    Play play = client.open("demo", tenSecondsEightAhead());
    onceBuffered(
        play,
        () -> {
          fleet.node(0).behave(new Behaviour.Hang());
          fleet.node(1).behave(new Behaviour.Hang());
        });

    PlayReport report = run(play);

    assertThat(report.error()).isNull();
    assertThat(report.rebufferMillis()).isEqualTo(OptionalLong.of(0));
    assertThat(play.currentNode()).isEqualTo(Optional.of("node-2"));
    assertThat(faults()).containsExactly(NodeFault.STALLED, NodeFault.STALLED);
  }

  @Test
  void wrongBytesAreNotPlayed() throws Exception {
    fleet.node(0).behave(new Behaviour.Corrupt());

    PlayReport report = play(PlayOptions.defaults().withoutPacing());

    assertThat(report.error()).isNull();
    assertThat(report.nodes()).containsExactly(new PlayReport.NodeShare("node-1", 12));
    assertThat(report.failovers()).isEqualTo(1);
  }

  @Test
  void aRenewalBringsANewRanking() throws Exception {
    fleet.renewAfterSeconds(2);
    Play play =
        client.open(
            "demo",
            PlayOptions.defaults()
                .withBuffer(new BufferConfig(1_500_000, 500_000))
                .atMost(Duration.ofSeconds(8)));
    play.addListener(event -> {
      if (event instanceof PlayEvent.Started) {
        fleet.rank(2, 1, 0);
      }
    });

    PlayReport report = run(play);

    assertThat(report.error()).isNull();
    assertThat(fleet.renewals()).isBetween(1, 4);
    assertThat(fleet.gateway().requests())
        .filteredOn(request -> request.path().endsWith("/renewals"))
        .allSatisfy(request -> assertThat(request.body()).contains("/api/v1/manifests/tok/"));
    assertThat(events).contains(new PlayEvent.NodeSwitched("node-0", "node-2", null));
    assertThat(report.failovers()).isZero();
  }

  @Test
  void whenEveryNodeIsDeadTheFirstRenewalSavesThePlay() throws Exception {
    fleet.rank(0, 1);
    fleet.node(0).behave(new Behaviour.Status(503));
    fleet.node(1).behave(new Behaviour.Status(503));
    Play play = client.open("demo", PlayOptions.defaults().withoutPacing());
    play.addListener(event -> {
      if (event instanceof PlayEvent.NodeFailed) {
        fleet.rank(2);
      }
    });

    PlayReport report = run(play);

    assertThat(report.error()).isNull();
    assertThat(report.nodes()).containsExactly(new PlayReport.NodeShare("node-2", 12));
  }

  @Test
  void aRefusalIsATypedError() throws Exception {
    fleet.gateway().behave(new Behaviour.Status(401));

    PlayReport report = play(PlayOptions.defaults());

    PlayError error = Objects.requireNonNull(report.error());
    assertThat(error.code()).isEqualTo(ErrorCode.NOT_SIGNED_IN);
    assertThat(error.retryable()).isFalse();
    assertThat(events).containsExactly(new PlayEvent.Failed(error, report));
  }

  @Test
  void anUnreachableServiceIsATypedError() {
    fleet.gateway().close();

    assertThatThrownBy(() -> client.titles(null))
        .isInstanceOfSatisfying(
            PlayException.class,
            failed -> {
              assertThat(failed.error().code()).isEqualTo(ErrorCode.UNREACHABLE);
              assertThat(failed.error().retryable()).isTrue();
            });
  }

  @Test
  void titlesArePaged() {
    assertThat(client.titles(null).titles().get(0).id()).isEqualTo("demo");
    assertThatThrownBy(() -> client.titles("a/b c"))
        .isInstanceOfSatisfying(
            PlayException.class,
            failed -> assertThat(failed.error().code()).isEqualTo(ErrorCode.UNKNOWN_TITLE));
    assertThat(fleet.gateway().requests().get(1).path()).isEqualTo("/api/v1/titles?cursor=a%2Fb+c");
  }

  @Test
  void closingInMidPlayEndsItAtOnce() throws Exception {
    fleet.node(0).behave(new Behaviour.Hang());
    Play play = client.open("demo", PlayOptions.defaults());
    play.start();
    play.close();
    play.close();

    assertThat(play.awaitEnd(Duration.ofMillis(100))).isPresent();
    assertThat(play.report().error()).isNull();
    assertThatThrownBy(play::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPlayCanBeginAtTheBookmarkAndKeepsANewOne() throws Exception {
    Play play = client.open("demo", PlayOptions.defaults().fromBookmark().withoutPacing());
    PlayReport report = run(play);

    assertThat(report.playedMillis()).isEqualTo(11_000);
    play.savePosition();
    assertThat(fleet.gateway().requests())
        .anyMatch(request ->
            request.method().equals("PUT")
                && request.path().equals("/api/v1/playbacks/play-1/position"));
  }

  @Test
  void aPlayThatBeginsAfterTheEndIsOverAtOnce() throws Exception {
    PlayReport report = play(PlayOptions.defaults().from(Duration.ofHours(1)));

    assertThat(report.error()).isNull();
    assertThat(report.playedMillis()).isZero();
    assertThat(fleet.node(0).requests()).isEmpty();
  }

  @Test
  void whenNobodyDeliversThePlayEndsWithATypedError() throws Exception {
    fleet.rank(0);
    fleet.node(0).behave(new Behaviour.Status(403));
    TributaryClient impatient =
        TributaryClient.builder(fleet.gateway().uri(""))
            .loading(
                new LoadingConfig(100, 300, 0.33, 200, 300_000, 300, 300, 20, 100, 500, 60_000))
            .build();

    PlayReport report = run(impatient.open("demo", PlayOptions.defaults()));

    PlayError error = Objects.requireNonNull(report.error());
    assertThat(error.code()).isEqualTo(ErrorCode.NODES_FAILED);
    assertThat(error.message()).contains("node-0: status 403").doesNotContain("secret-token");
    assertThat(fleet.renewals()).isEqualTo(1);
  }

  /** A listener that throws or asks for the end harms nobody else. */
  @Test
  void aBadListenerHarmsNobody() throws Exception {
    Play play = client.open("demo", PlayOptions.defaults().withoutPacing());
    play.addListener(event -> {
      if (event instanceof PlayEvent.Started) {
        assertThatThrownBy(play::awaitEnd).isInstanceOf(IllegalStateException.class);
        throw new IllegalStateException("thrown by a test on purpose");
      }
    });

    assertThat(run(play).error()).isNull();
  }

  private static PlayOptions tenSecondsEightAhead() {
    return PlayOptions.defaults()
        .withBuffer(new BufferConfig(8_000_000, 4_000_000))
        .atMost(Duration.ofSeconds(10));
  }

  /**
   * Acts once, when both tracks have eight seconds. Half of them is what "no freeze" is promised
   * for; the other half is for this machine, which does other work as well.
   */
  private static void onceBuffered(Play play, Runnable act) {
    Set<MediaKind> full = EnumSet.noneOf(MediaKind.class);
    play.addListener(event -> {
      if (event instanceof PlayEvent.SegmentLoaded loaded
          && loaded.index() == LAST_OF_EIGHT_SECONDS
          && full.add(loaded.kind())
          && full.size() == 2) {
        act.run();
      }
    });
  }

  private List<NodeFault> faults() {
    return events.stream()
        .filter(PlayEvent.NodeFailed.class::isInstance)
        .map(event -> ((PlayEvent.NodeFailed) event).fault())
        .collect(Collectors.toList());
  }

  private PlayReport play(PlayOptions options) throws InterruptedException {
    return run(client.open("demo", options));
  }

  private PlayReport run(Play play) throws InterruptedException {
    try (play) {
      play.addListener(events::add);
      play.start();
      return play.awaitEnd(LONG).orElseThrow();
    }
  }
}
