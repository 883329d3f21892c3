package io.tributary.client.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.abr.AbrConfig;
import io.tributary.client.abr.ThroughputMeter;
import io.tributary.client.fixture.Behaviour;
import io.tributary.client.fixture.TestFleet;
import io.tributary.client.media.MediaFile;
import io.tributary.client.nodes.NodeBoard;
import io.tributary.client.nodes.NodeFault;
import io.tributary.client.nodes.PlayNode;
import io.tributary.client.time.Ticker;
import io.tributary.client.transport.urlconnection.UrlConnectionTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fetch does with nodes that fail over real sockets. */
class FileFetcherIT {
  // A second of silence: less, and a sound node that this machine is slow to run is left as well.
  private static final LoadingConfig LEAVES_AFTER_A_SECOND =
      new LoadingConfig(1_000, 1_000, 0.33, 1_000, 4_000_000, 1_000, 1_000, 20, 100, 1_500, 60_000);

  private final TestFleet fleet = new TestFleet(2, 2, 4_000, 1_000_000, 2_000_000);
  private final MediaFile file = fleet.file("v720/00001.m4s");
  private final NodeBoard board = new NodeBoard(List.of(node(0), node(1)), 60_000_000_000L);
  private final RecordingContext context = new RecordingContext();
  private final FileFetcher fetcher =
      new FileFetcher(
          new UrlConnectionTransport(),
          board,
          new ThroughputMeter(AbrConfig.DEFAULTS),
          LEAVES_AFTER_A_SECOND,
          Ticker.system(),
          new Random(1));

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Behaviour.Status(503), NodeFault.REFUSED),
        Arguments.of(new Behaviour.Status(404), NodeFault.REFUSED),
        Arguments.of(new Behaviour.Status(403), NodeFault.REFUSED),
        Arguments.of(new Behaviour.Redirect("file:///etc/passwd"), NodeFault.REFUSED),
        Arguments.of(new Behaviour.Redirect("/"), NodeFault.REFUSED),
        Arguments.of(new Behaviour.Hang(), NodeFault.STALLED),
        Arguments.of(new Behaviour.HangAfter(300_000), NodeFault.STALLED),
        Arguments.of(new Behaviour.Drip(20_000), NodeFault.TOO_SLOW),
        Arguments.of(new Behaviour.ResetAfter(300_000), NodeFault.BROKE_OFF),
        Arguments.of(new Behaviour.EndAfter(300_000), NodeFault.BROKE_OFF),
        Arguments.of(new Behaviour.Corrupt(), NodeFault.CORRUPT),
        Arguments.of(new Behaviour.TooShort(), NodeFault.CORRUPT),
        Arguments.of(new Behaviour.TooLong(), NodeFault.CORRUPT),
        Arguments.of(new Behaviour.Garbage(), NodeFault.BROKE_OFF));
  }

  @AfterEach
  void stopFleet() {
    fleet.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aNodeThatFailsIsLeftForTheNextAndNotAskedAgain(Behaviour behaviour, NodeFault fault)
      throws Exception {
    fleet.node(0).behave(behaviour);

    FetchResult first = fetch(file);
    int askedBefore = fleet.node(0).requests().size();
    FetchResult second = fetch(fleet.file("v720/00002.m4s"));

    assertServedBy(1, first);
    assertThat(context.faults).containsExactly(fault);
    assertServedBy(1, second);
    assertThat(fleet.node(0).requests()).hasSize(askedBefore);
  }

  @Test
  void aDeadNodeIsLeftForTheNext() throws Exception {
    fleet.node(0).close();

    assertServedBy(1, fetch(file));
    assertThat(context.faults).containsExactly(NodeFault.UNREACHABLE);
  }

  @Test
  void theNextNodeIsAskedOnlyForTheRest() throws Exception {
    fleet.node(0).behave(new Behaviour.HangAfter(300_000));

    assertServedBy(1, fetch(file));

    assertThat(fleet.node(1).requests().get(0).range()).isEqualTo("bytes=300000-");
  }

  @Test
  void aNodeThatTakesNoNoticeOfTheRangeIsRightToo() throws Exception {
    fleet.node(0).behave(new Behaviour.EndAfter(300_000));
    fleet.node(1).behave(new Behaviour.IgnoresRange());

    assertServedBy(1, fetch(file));
    assertThat(context.faults).containsExactly(NodeFault.BROKE_OFF);
    assertThat(fleet.node(1).requests().get(0).range()).isEqualTo("bytes=300000-");
  }

  @Test
  void aWrongHashOfAJoinedFileAccusesNobodyUnheard() throws Exception {
    // The first node dies in the middle of a file whose start it sent wrong.
    TestFleet other = new TestFleet(1, 2, 4_000, 1_000_000, 2_100_000);
    other.node(0).behave(new Behaviour.EndAfter(300_000));
    NodeBoard mixed =
        new NodeBoard(
            List.of(
                new PlayNode("wrong", "p", other.node(0).uri("/t/secret-token/demo/p1/")), node(1)),
            60_000_000_000L);
    FileFetcher mixedFetcher =
        new FileFetcher(
            new UrlConnectionTransport(),
            mixed,
            new ThroughputMeter(AbrConfig.DEFAULTS),
            LEAVES_AFTER_A_SECOND,
            Ticker.system(),
            new Random(1));
    MediaFile sameSize = fleet.file("v360/00001.m4s");

    FetchResult result = mixedFetcher.fetch(sameSize, 500_000, context);

    assertServedBy(1, result);
    assertThat(context.faults).containsExactly(NodeFault.BROKE_OFF);
    assertThat(fleet.node(1).requests()).extracting("range").containsExactly("bytes=300000-", "");
    other.close();
  }

  @Test
  void whenAllFailANewRankingIsAskedForAndANodeThatRecoversServes() throws Exception {
    fleet.node(0).behave(new Behaviour.Status(503));
    fleet.node(1).behave(new Behaviour.Status(503));
    context.onEveryNodeFailed = () -> fleet.node(1).behave(new Behaviour.Sound());

    assertServedBy(1, fetch(file));

    assertServedBy(1, fetch(fleet.file("v720/00002.m4s")));
    assertThat(fleet.node(0).requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whenNobodyDeliversItGivesUpInTime() throws Exception {
    fleet.node(0).behave(new Behaviour.Hang());
    fleet.node(1).close();
    context.bufferMicros = 200_000;

    FetchResult result = fetch(file);

    assertThat(result).isInstanceOf(FetchResult.GaveUp.class);
    assertThat(((FetchResult.GaveUp) result).detail()).doesNotContain("secret-token");
  }

  @Test
  void aCancelledFetchEndsWithinItsDeadline() throws Exception {
    fleet.node(0).behave(new Behaviour.Drip(200_000));
    Callable<FetchResult> call = () -> fetch(file);
    FutureTask<FetchResult> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.start();

    context.cancelled = true;

    assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo(new FetchResult.Cancelled());
    thread.join(Duration.ofSeconds(10).toMillis());
  }

  private FetchResult fetch(MediaFile wanted) throws InterruptedException {
    return fetcher.fetch(wanted, 500_000, context);
  }

  private PlayNode node(int index) {
    return new PlayNode(
        TestFleet.nodeId(index), "x" + index, fleet.node(index).uri("/t/secret-token/demo/p1/"));
  }

  private static void assertServedBy(int index, FetchResult result) {
    assertThat(result).isInstanceOf(FetchResult.Fetched.class);
    assertThat(((FetchResult.Fetched) result).node().nodeId()).isEqualTo(TestFleet.nodeId(index));
  }

  private static final class RecordingContext implements FetchContext {
    final List<NodeFault> faults = Collections.synchronizedList(new ArrayList<>());
    volatile long bufferMicros = 900_000;
    volatile boolean cancelled;
    volatile Runnable onEveryNodeFailed = () -> {};

    @Override
    public long bufferMicros() {
      return bufferMicros;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void nodeFailed(PlayNode node, NodeFault fault, String detail) {
      assertThat(detail).doesNotContain("secret-token");
      faults.add(fault);
    }

    @Override
    public void everyNodeFailed() {
      onEveryNodeFailed.run();
    }

    @Override
    public void pause(long millis) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }
}
