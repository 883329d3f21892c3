package io.tributary.client;

import io.tributary.client.PlayEvent.EndReason;
import io.tributary.client.abr.AbrSituation;
import io.tributary.client.abr.AbrSituation.Quality;
import io.tributary.client.abr.BitrateRule;
import io.tributary.client.abr.ThroughputMeter;
import io.tributary.client.buffer.Pacing;
import io.tributary.client.buffer.PlayBuffer;
import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.loading.FetchContext;
import io.tributary.client.loading.LoadingConfig;
import io.tributary.client.media.MediaFile;
import io.tributary.client.media.Rendition;
import io.tributary.client.media.Segment;
import io.tributary.client.nodes.NodeBoard;
import io.tributary.client.nodes.NodeFault;
import io.tributary.client.nodes.PlayNode;
import io.tributary.client.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of one granted play share: its buffer, its figures, its events and its end. A
 * monitor: every method holds its lock, and every change wakes who waits.
 */
final class PlaySession implements FetchContext {
  // A listener that is this far behind stops the fetching, instead of filling the memory.
  private static final int MAX_WAITING_EVENTS = 256;
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

  private final String playbackId;
  private final long startedAtNanos;
  private final Pacing pacing;
  private final long maxBufferMicros;
  private final PlayBuffer buffer;
  private final NodeBoard board;
  private final ThroughputMeter meter;
  private final BitrateRule bitrateRule;
  private final LoadingConfig loading;
  private final Renewals renewals;
  private final Ticker ticker;
  private final PlayLedger ledger = new PlayLedger();
  private final ArrayDeque<PlayEvent> events = new ArrayDeque<>();

  private OptionalLong startupMillis = OptionalLong.empty();
  private int rebuffersTold;
  private boolean frozenTold;
  private long rebufferedNanosTold;
  private int rankings;
  private @Nullable String currentNode;
  private @Nullable PlayReport finalReport;

  PlaySession(
      String playbackId,
      long startedAtNanos,
      PlayOptions options,
      PlayBuffer buffer,
      NodeBoard board,
      ThroughputMeter meter,
      PlayParts parts,
      RenewalsOf renewalsOf) {
    this.playbackId = playbackId;
    this.startedAtNanos = startedAtNanos;
    this.pacing = options.pacing();
    this.maxBufferMicros = options.buffer().maxMicros();
    this.buffer = buffer;
    this.board = board;
    this.meter = meter;
    this.bitrateRule = parts.bitrateRule();
    this.loading = parts.loading();
    this.ticker = parts.ticker();
    this.renewals = renewalsOf.make(this::newRanking);
  }

  /** Makes the renewals that belong to a session, which must tell it of new rankings. */
  @FunctionalInterface
  interface RenewalsOf {
    Renewals make(Runnable afterNewRanking);
  }

  /**
   * Waits for events, and lets the play's clock run meanwhile.
   *
   * @return the next events in order; empty once the play is over and all are delivered
   */
  synchronized List<PlayEvent> awaitEvents() throws InterruptedException {
    while (true) {
      tick();
      if (!events.isEmpty()) {
        List<PlayEvent> due = Collections.unmodifiableList(new ArrayList<>(events));
        events.clear();
        notifyAll();
        return due;
      }
      if (finalReport != null) {
        return Collections.emptyList();
      }
      long untilRenewal = renewals.renewIfDue();
      await(Math.min(buffer.nanosUntilDry(ticker.nanos()), untilRenewal));
    }
  }

  /**
   * Waits until a track's segment is wanted and decides its rendition.
   *
   * @param ladder the track's renditions, lowest first
   * @param current the index in it of the last segment's; empty for the first segment
   * @param segmentIndex which segment
   * @return an index in the ladder; empty if the play is over
   */
  synchronized OptionalInt awaitTurn(
      int track, List<Rendition> ladder, OptionalInt current, int segmentIndex)
      throws InterruptedException {
    long segmentEnd = ladder.get(0).segments().get(segmentIndex).endMicros();
    while (finalReport == null) {
      tick();
      long waitNanos =
          events.size() < MAX_WAITING_EVENTS
              ? buffer.nanosUntilWanted(track, segmentEnd, ticker.nanos())
              : Long.MAX_VALUE;
      if (waitNanos == 0) {
        int chosen = choose(ladder, current, segmentIndex);
        if (current.isPresent() && current.getAsInt() != chosen) {
          events.add(
              new PlayEvent.BitrateSwitched(
                  ladder.get(current.getAsInt()).averageBitsPerSecond(),
                  ladder.get(chosen).averageBitsPerSecond()));
        }
        return OptionalInt.of(chosen);
      }
      await(waitNanos);
    }
    return OptionalInt.empty();
  }

  /** An init file came whole. */
  synchronized void initLoaded(MediaFile init) {
    ledger.initLoaded(init.bytes());
  }

  /** A segment came whole. */
  synchronized void segmentLoaded(
      int track, Rendition rendition, int index, PlayNode node, long nanos) {
    if (finalReport != null) {
      return;
    }
    Segment segment = rendition.segments().get(index);
    tick();
    ledger.segmentLoaded(rendition, segment, node.nodeId());
    events.add(
        new PlayEvent.SegmentLoaded(
            node.nodeId(),
            rendition.kind(),
            rendition.renditionId(),
            index,
            segment.file().bytes(),
            nanos / 1_000_000));
    served(node);
    buffer.append(track, segment.endMicros(), ticker.nanos());
    tellState();
    notifyAll();
  }

  /** A track has no more segments. */
  synchronized void trackComplete(int track) {
    tick();
    buffer.complete(track, ticker.nanos());
    tellState();
    notifyAll();
  }

  /** The app closes the play. */
  synchronized void close() {
    tick();
    end(EndReason.CLOSED, null);
  }

  /** The play cannot go on. */
  synchronized void fail(PlayError error) {
    tick();
    end(EndReason.CLOSED, error);
  }

  synchronized PlayReport report() {
    tick();
    return finalReport != null ? finalReport : reportNow(null);
  }

  synchronized PlayBuffer.State state() {
    tick();
    return buffer.state();
  }

  synchronized long positionMicros() {
    tick();
    return buffer.positionMicros();
  }

  synchronized Optional<String> currentNode() {
    return Optional.ofNullable(currentNode);
  }

  String playbackId() {
    return playbackId;
  }

  @Override
  public synchronized long bufferMicros() {
    tick();
    if (pacing == Pacing.NONE) {
      // Nobody waits for a picture: as patient as with a full buffer.
      return maxBufferMicros;
    }
    return buffer.state() == PlayBuffer.State.STARTING
        ? loading.startStallMicros()
        : buffer.levelMicros(ticker.nanos());
  }

  @Override
  public synchronized boolean isCancelled() {
    return finalReport != null;
  }

  @Override
  public synchronized void nodeFailed(PlayNode node, NodeFault fault, String detail) {
    if (finalReport == null) {
      ledger.nodeLeft();
      events.add(new PlayEvent.NodeFailed(node.nodeId(), fault, detail));
      notifyAll();
    }
  }

  @Override
  public void everyNodeFailed() {
    renewals.renewEarly();
  }

  @Override
  public synchronized void pause(long millis) throws InterruptedException {
    int before = rankings;
    long untilNanos = ticker.nanos() + millis * 1_000_000;
    while (finalReport == null && rankings == before) {
      long left = untilNanos - ticker.nanos();
      if (left <= 0) {
        return;
      }
      await(left);
    }
  }

  private synchronized void newRanking() {
    rankings++;
    notifyAll();
  }

  private int choose(List<Rendition> ladder, OptionalInt current, int segmentIndex) {
    List<Quality> qualities = new ArrayList<>();
    for (Rendition rendition : ladder) {
      Segment next = rendition.segments().get(segmentIndex);
      qualities.add(
          new Quality(
              rendition.averageBitsPerSecond(), next.bitsPerSecond(), next.durationMicros()));
    }
    boolean draining = pacing == Pacing.REAL_TIME && buffer.state() != PlayBuffer.State.STARTING;
    return bitrateRule.choose(
        new AbrSituation(
            qualities,
            current,
            meter.bitsPerSecond(),
            // Without pacing the buffer says nothing; as if it were always full.
            draining ? buffer.levelMicros(ticker.nanos()) : maxBufferMicros,
            maxBufferMicros,
            draining));
  }

  /** Notes who served, and says so when it is another node than before. */
  private void served(PlayNode node) {
    String before = currentNode;
    if (before == null) {
      currentNode = node.nodeId();
      return;
    }
    if (before.equals(node.nodeId())) {
      return;
    }
    NodeFault fault = board.faultOf(before);
    if (fault == null && board.faultOf(node.nodeId()) != null) {
      // The end of a transfer from the node that was left meanwhile: no way back.
      return;
    }
    currentNode = node.nodeId();
    events.add(new PlayEvent.NodeSwitched(before, node.nodeId(), fault));
  }

  private void tick() {
    if (finalReport == null) {
      buffer.advance(ticker.nanos());
      tellState();
    }
  }

  private void tellState() {
    if (finalReport != null) {
      return;
    }
    long now = ticker.nanos();
    PlayBuffer.State state = buffer.state();
    if (!startupMillis.isPresent() && state != PlayBuffer.State.STARTING) {
      startupMillis = OptionalLong.of((now - startedAtNanos) / 1_000_000);
      events.add(new PlayEvent.Started(startupMillis.getAsLong()));
    }
    if (buffer.rebufferCount() > rebuffersTold) {
      rebuffersTold = buffer.rebufferCount();
      frozenTold = true;
      events.add(new PlayEvent.RebufferStarted(buffer.positionMicros() / 1_000));
    }
    if (frozenTold && state != PlayBuffer.State.REBUFFERING) {
      frozenTold = false;
      long rebufferedNanos = buffer.rebufferedNanos(now);
      events.add(new PlayEvent.RebufferEnded((rebufferedNanos - rebufferedNanosTold) / 1_000_000));
      rebufferedNanosTold = rebufferedNanos;
    }
    if (state == PlayBuffer.State.ENDED) {
      end(EndReason.PLAYED, null);
    }
  }

  private void end(EndReason reason, @Nullable PlayError error) {
    if (finalReport != null) {
      return;
    }
    PlayReport report = reportNow(error);
    finalReport = report;
    renewals.stop();
    events.add(
        error == null ? new PlayEvent.Ended(reason, report) : new PlayEvent.Failed(error, report));
    notifyAll();
  }

  private PlayReport reportNow(@Nullable PlayError error) {
    boolean paced = pacing == Pacing.REAL_TIME;
    return new PlayReport(
        playbackId,
        startupMillis,
        buffer.playedMicros() / 1_000,
        paced ? OptionalInt.of(buffer.rebufferCount()) : OptionalInt.empty(),
        paced
            ? OptionalLong.of(buffer.rebufferedNanos(ticker.nanos()) / 1_000_000)
            : OptionalLong.empty(),
        ledger.segments(),
        ledger.bytes(),
        ledger.averageBitsPerSecond(),
        ledger.bitrateSwitches(),
        ledger.nodes(),
        ledger.failovers(),
        error);
  }

  // Every caller loops until what it waits for is so.
  @SuppressWarnings("WaitNotInLoop")
  private void await(long nanos) throws InterruptedException {
    // Rounded up: waking a little early would only spin.
    wait(Math.min(nanos, LONGEST_WAIT_NANOS) / 1_000_000 + 1);
  }

  /** For the play's own thread, when it is broken off before its loaders run. */
  static PlayReport unplayed(@Nullable PlayError error, Pacing pacing) {
    boolean paced = pacing == Pacing.REAL_TIME;
    return new PlayReport(
        null,
        OptionalLong.empty(),
        0,
        paced ? OptionalInt.of(0) : OptionalInt.empty(),
        paced ? OptionalLong.of(0) : OptionalLong.empty(),
        0,
        0,
        0,
        0,
        Collections.emptyList(),
        0,
        error);
  }

  static PlayError bug(RuntimeException bug) {
    return PlayError.of(ErrorCode.INTERNAL, String.valueOf(bug));
  }
}
