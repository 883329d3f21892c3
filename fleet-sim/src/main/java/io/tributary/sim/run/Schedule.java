package io.tributary.sim.run;

import io.tributary.sim.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time, and what happens in it: in order of time, and at one time in the order in which it
 * was put here. For one thread.
 */
public final class Schedule {
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long sequence;
  private long nowMicros;

  private record Due(long atMicros, long sequence, Runnable happening) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
    }
  }

  /** Since the beginning. */
  public long nowMicros() {
    return nowMicros;
  }

  /** The instant it is. */
  public Instant now() {
    return instant(nowMicros);
  }

  /** The instant so long after the beginning. */
  public static Instant instant(long micros) {
    return World.START.plusNanos(micros * 1_000);
  }

  /** A duration in microseconds. */
  public static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** Will happen then; at once if then is past. */
  void at(long atMicros, Runnable happening) {
    queue.add(new Due(Math.max(nowMicros, atMicros), sequence++, happening));
  }

  /** Will happen so much later. */
  void in(long micros, Runnable happening) {
    at(nowMicros + micros, happening);
  }

  /** Lets everything happen that is due before the end. */
  void run(long endMicros) {
    while (!queue.isEmpty() && queue.peek().atMicros < endMicros) {
      Due due = queue.remove();
      nowMicros = due.atMicros;
      due.happening.run();
    }
    nowMicros = endMicros;
  }
}
