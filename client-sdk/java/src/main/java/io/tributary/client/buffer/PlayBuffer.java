package io.tributary.client.buffer;

import java.util.Arrays;

/**
 * What has been fetched and not yet played. States: {@code STARTING} until every track has media at
 * the position; then {@code PLAYING}, in which the position moves with the clock; {@code
 * REBUFFERING} from the instant a track runs dry until all have media again; {@code ENDED} at the
 * end of the play.
 *
 * <p>Exact however seldom it is asked: instants between two calls are worked out, not sampled. The
 * start is no rebuffering. With {@link Pacing#NONE} the position is always the end of what is
 * fetched.
 *
 * <p>Time is an argument in nanoseconds of one monotonic clock and must not go back. Not safe for
 * use by many threads.
 */
public final class PlayBuffer {
  /** What the viewer sees. */
  public enum State {
    /** Nothing yet. */
    STARTING,
    /** Moving pictures. */
    PLAYING,
    /** A frozen picture. */
    REBUFFERING,
    /** The end. */
    ENDED
  }

  private final BufferConfig config;
  private final Pacing pacing;
  private final long startMicros;
  private final long endMicros;
  private final long[] trackEndMicros;
  private final boolean[] complete;

  private State state = State.STARTING;
  private long positionMicros;
  private long atNanos;
  private int rebufferCount;
  private long rebufferedNanos;
  private long rebufferingSinceNanos;

  /**
   * An empty buffer.
   *
   * @param tracks how many must have media for the play to move
   * @param startMicros where the play begins, from the title's start
   * @param endMicros where it ends
   * @param nowNanos the clock
   */
  public PlayBuffer(
      BufferConfig config,
      Pacing pacing,
      int tracks,
      long startMicros,
      long endMicros,
      long nowNanos) {
    this.config = config;
    this.pacing = pacing;
    this.startMicros = startMicros;
    this.endMicros = Math.max(startMicros, endMicros);
    trackEndMicros = new long[tracks];
    complete = new boolean[tracks];
    positionMicros = startMicros;
    atNanos = nowNanos;
    Arrays.fill(trackEndMicros, startMicros);
  }

  /** Lets time pass. */
  public void advance(long nowNanos) {
    long elapsedNanos = nowNanos - atNanos;
    if (state == State.PLAYING && pacing == Pacing.REAL_TIME) {
      long availableNanos = (playableEndMicros() - positionMicros) * 1_000;
      if (elapsedNanos < availableNanos) {
        // Whole microseconds only: the rest stays in atNanos, so that nothing is lost by rounding.
        long micros = elapsedNanos / 1_000;
        positionMicros += micros;
        atNanos += micros * 1_000;
        return;
      }
      positionMicros = playableEndMicros();
      long dryNanos = atNanos + availableNanos;
      if (positionMicros >= endMicros) {
        state = State.ENDED;
      } else {
        state = State.REBUFFERING;
        rebufferCount++;
        rebufferingSinceNanos = dryNanos;
      }
    }
    atNanos = nowNanos;
  }

  /** A track's next segment is ready to be played. */
  public void append(int track, long segmentEndMicros, long nowNanos) {
    advance(nowNanos);
    trackEndMicros[track] = Math.max(trackEndMicros[track], segmentEndMicros);
    moveOn();
  }

  /** A track has no more segments: it never holds the play up again. */
  public void complete(int track, long nowNanos) {
    advance(nowNanos);
    complete[track] = true;
    moveOn();
  }

  /**
   * How long to wait before the track's next segment is wanted.
   *
   * @return 0 for now; {@link Long#MAX_VALUE} for not before something else happens
   */
  public long nanosUntilWanted(int track, long segmentEndMicros, long nowNanos) {
    advance(nowNanos);
    long leadMicros = trackEndMicros[track] - slowestOther(track);
    if (leadMicros > config.maxLeadMicros()) {
      return Long.MAX_VALUE;
    }
    if (pacing == Pacing.NONE || trackEndMicros[track] <= positionMicros) {
      return 0;
    }
    // A buffer of less than two segments could never be refilled before it is dry.
    long segmentMicros = segmentEndMicros - trackEndMicros[track];
    long maxMicros = Math.max(config.maxMicros(), 2 * segmentMicros);
    long tooFarMicros = segmentEndMicros - positionMicros - maxMicros;
    if (tooFarMicros <= 0) {
      return 0;
    }
    return state == State.PLAYING ? tooFarMicros * 1_000 : Long.MAX_VALUE;
  }

  /**
   * How long until the state changes if nothing is fetched.
   *
   * @return {@link Long#MAX_VALUE} unless playing
   */
  public long nanosUntilDry(long nowNanos) {
    advance(nowNanos);
    return state == State.PLAYING && pacing == Pacing.REAL_TIME
        ? (playableEndMicros() - positionMicros) * 1_000
        : Long.MAX_VALUE;
  }

  /** How much a viewer can still see if nothing more is fetched. */
  public long levelMicros(long nowNanos) {
    advance(nowNanos);
    return Math.max(0, playableEndMicros() - positionMicros);
  }

  /** What the viewer sees. */
  public State state() {
    return state;
  }

  /** Where the viewer is, from the title's start. */
  public long positionMicros() {
    return positionMicros;
  }

  /** How much media has been played. */
  public long playedMicros() {
    return positionMicros - startMicros;
  }

  /** How often the picture froze. */
  public int rebufferCount() {
    return rebufferCount;
  }

  /** For how long it was frozen in all, the present freeze included. */
  public long rebufferedNanos(long nowNanos) {
    advance(nowNanos);
    return state == State.REBUFFERING
        ? rebufferedNanos + nowNanos - rebufferingSinceNanos
        : rebufferedNanos;
  }

  /** When the present freeze began; meaningless in other states. */
  public long rebufferingSinceNanos() {
    return rebufferingSinceNanos;
  }

  private void moveOn() {
    boolean ready = playableEndMicros() > positionMicros || playableEndMicros() >= endMicros;
    if (!ready || state == State.ENDED) {
      return;
    }
    if (state == State.REBUFFERING) {
      rebufferedNanos += atNanos - rebufferingSinceNanos;
    }
    state = State.PLAYING;
    if (pacing == Pacing.NONE) {
      positionMicros = playableEndMicros();
    }
    if (positionMicros >= endMicros) {
      state = State.ENDED;
    }
  }

  private long playableEndMicros() {
    long playable = endMicros;
    for (int track = 0; track < complete.length; track++) {
      if (!complete[track]) {
        playable = Math.min(playable, trackEndMicros[track]);
      }
    }
    return Math.max(playable, startMicros);
  }

  private long slowestOther(int track) {
    long slowest = Long.MAX_VALUE;
    for (int other = 0; other < complete.length; other++) {
      if (other != track && !complete[other]) {
        slowest = Math.min(slowest, trackEndMicros[other]);
      }
    }
    return slowest == Long.MAX_VALUE ? trackEndMicros[track] : slowest;
  }
}
