package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.load.Latencies;
import java.util.Arrays;

/** What nodes were answered in a span of time. For one thread. */
final class Tally {
  private final Times answers = new Times();
  private final Times handshakes = new Times();
  private final Times lateness = new Times();
  private int refused;
  private int failed;

  void answered(long nanosSinceDue) {
    answers.add(nanosSinceDue);
  }

  void shakenHands(long nanos) {
    handshakes.add(nanos);
  }

  void sent(long nanosSinceDue) {
    lateness.add(nanosSinceDue);
  }

  void refused() {
    refused++;
  }

  void failed() {
    failed++;
  }

  /** Heartbeats that were answered. */
  int answered() {
    return answers.count;
  }

  /** Tries that were told to come again. */
  int refusals() {
    return refused;
  }

  /** Tries that nobody answered. */
  int failures() {
    return failed;
  }

  int handshakesDone() {
    return handshakes.count;
  }

  /** From when a heartbeat was due to its answer, however many tries that took. */
  Latencies answers() {
    return answers.latencies();
  }

  /** From a connection's begin to the end of its handshake. */
  Latencies handshakes() {
    return handshakes.latencies();
  }

  /**
   * From when a heartbeat was due, and the one before it was answered, until it was first sent: the
   * measuring side's own delay.
   */
  Latencies lateness() {
    return lateness.latencies();
  }

  private static final class Times {
    private long[] nanos = new long[1_024];
    private int count;

    void add(long one) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = one;
    }

    Latencies latencies() {
      return new Latencies(nanos, count);
    }
  }
}
