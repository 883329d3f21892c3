package io.tributary.client.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.buffer.PlayBuffer.State;
import org.junit.jupiter.api.Test;

class PlayBufferTest {
  private static final int VIDEO = 0;
  private static final int AUDIO = 1;
  private static final long SECOND = 1_000_000_000L;

  private final PlayBuffer buffer = realTime(20);

  @Test
  void startsOnlyWhenBothTracksHaveMedia() {
    buffer.append(VIDEO, seconds(4), 0);
    assertThat(buffer.state()).isEqualTo(State.STARTING);

    buffer.append(AUDIO, seconds(4), 2 * SECOND);

    assertThat(buffer.state()).isEqualTo(State.PLAYING);
    assertThat(buffer.rebufferCount()).isZero();
  }

  @Test
  void aFreezeIsMeasuredFromTheInstantTheShorterTrackRanDry() {
    both(4, 0);
    buffer.append(VIDEO, seconds(8), SECOND);

    buffer.append(AUDIO, seconds(8), 7 * SECOND);

    assertThat(buffer.state()).isEqualTo(State.PLAYING);
    assertThat(buffer.rebufferCount()).isEqualTo(1);
    assertThat(buffer.rebufferedNanos(7 * SECOND)).isEqualTo(3 * SECOND);
    assertThat(buffer.positionMicros()).isEqualTo(seconds(4));
  }

  @Test
  void aFreezeThatGoesOnCountsSoFar() {
    both(4, 0);

    assertThat(buffer.rebufferedNanos(6 * SECOND)).isEqualTo(2 * SECOND);
    assertThat(buffer.state()).isEqualTo(State.REBUFFERING);
  }

  @Test
  void itDoesNotMatterHowOftenItIsAsked() {
    both(4, 0);
    for (long now = 0; now < 3 * SECOND; now += 333) {
      buffer.advance(now);
      now += 99_991;
    }

    buffer.advance(3 * SECOND);

    assertThat(buffer.positionMicros()).isEqualTo(seconds(3));
  }

  @Test
  void theLongerTrackPlaysToItsEndWhenTheOtherIsComplete() {
    buffer.append(VIDEO, seconds(20), 0);
    buffer.append(AUDIO, seconds(19), 0);
    buffer.complete(VIDEO, 0);
    buffer.complete(AUDIO, 0);

    buffer.advance(20 * SECOND);

    assertThat(buffer.state()).isEqualTo(State.ENDED);
    assertThat(buffer.playedMicros()).isEqualTo(seconds(20));
    assertThat(buffer.rebufferCount()).isZero();
  }

  @Test
  void aFullBufferWaitsUntilThereIsRoomForTheSegment() {
    both(4, 0);
    both(8, 0);

    assertThat(buffer.nanosUntilWanted(VIDEO, seconds(12), 0)).isEqualTo(2 * SECOND);
    assertThat(buffer.nanosUntilWanted(VIDEO, seconds(12), 2 * SECOND)).isZero();
  }

  @Test
  void aTrackThatIsFarAheadWaitsForTheOther() {
    buffer.append(AUDIO, seconds(4), 0);
    assertThat(buffer.nanosUntilWanted(AUDIO, seconds(8), 0)).isZero();

    buffer.append(AUDIO, seconds(8), 0);

    assertThat(buffer.nanosUntilWanted(AUDIO, seconds(12), 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(buffer.nanosUntilWanted(VIDEO, seconds(4), 0)).isZero();
  }

  @Test
  void aBufferOfOneSegmentStillFetchesTheNextInTime() {
    PlayBuffer small =
        new PlayBuffer(
            new BufferConfig(4_000_000, 4_000_000), Pacing.REAL_TIME, 1, 0, seconds(20), 0);
    small.append(VIDEO, seconds(4), 0);

    assertThat(small.nanosUntilWanted(VIDEO, seconds(8), 0)).isZero();
  }

  @Test
  void withoutPacingWhatIsFetchedIsPlayed() {
    PlayBuffer fast = new PlayBuffer(BufferConfig.DEFAULTS, Pacing.NONE, 2, 0, seconds(8), 0);
    fast.append(VIDEO, seconds(4), 0);
    fast.append(AUDIO, seconds(4), 0);
    assertThat(fast.positionMicros()).isEqualTo(seconds(4));

    fast.append(VIDEO, seconds(8), 0);
    fast.append(AUDIO, seconds(8), 0);

    assertThat(fast.state()).isEqualTo(State.ENDED);
  }

  @Test
  void aPlayThatBeginsInTheMiddlePlaysTheRest() {
    PlayBuffer resumed =
        new PlayBuffer(
            new BufferConfig(10_000_000, 4_000_000),
            Pacing.REAL_TIME,
            1,
            seconds(10),
            seconds(13),
            0);
    resumed.append(VIDEO, seconds(12), 0);
    resumed.append(VIDEO, seconds(16), 0);

    resumed.advance(3 * SECOND);

    assertThat(resumed.state()).isEqualTo(State.ENDED);
    assertThat(resumed.playedMicros()).isEqualTo(seconds(3));
  }

  private void both(long untilSeconds, long nowNanos) {
    buffer.append(VIDEO, seconds(untilSeconds), nowNanos);
    buffer.append(AUDIO, seconds(untilSeconds), nowNanos);
  }

  private static PlayBuffer realTime(long durationSeconds) {
    return new PlayBuffer(
        new BufferConfig(10_000_000, 4_000_000),
        Pacing.REAL_TIME,
        2,
        0,
        seconds(durationSeconds),
        0);
  }

  private static long seconds(long seconds) {
    return seconds * 1_000_000;
  }
}
