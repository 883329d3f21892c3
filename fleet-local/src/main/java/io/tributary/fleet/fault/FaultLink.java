package io.tributary.fleet.fault;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All connections to one process, and the fault they share. Safe for use by many threads.
 *
 * <p>A rate is a single clock each way: every piece takes the link for the time its bits need, in
 * the order in which the pieces come.
 */
final class FaultLink {

  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong upFreeAtNanos = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong downFreeAtNanos = new AtomicLong(Long.MIN_VALUE);
  private volatile Fault fault = Fault.NONE;

  /** The way that bytes take. */
  enum Way {
    UP,
    DOWN
  }

  Fault fault() {
    return fault;
  }

  void change(Fault next) {
    fault = next;
    upFreeAtNanos.set(Long.MIN_VALUE);
    downFreeAtNanos.set(Long.MIN_VALUE);
    connections.forEach(ProxiedConnection::faultChanged);
  }

  void add(ProxiedConnection connection) {
    connections.add(connection);
  }

  void remove(ProxiedConnection connection) {
    connections.remove(connection);
  }

  int size() {
    return connections.size();
  }

  /**
   * Takes the link for one piece.
   *
   * @return when the piece has passed, on the clock of {@code nowNanos}, latency not counted
   */
  long reserve(Way way, long bytes, long nowNanos) {
    long bitsPerSecond = fault.bitsPerSecond();
    if (bitsPerSecond == 0) {
      return nowNanos;
    }
    long takesNanos = (long) (bytes * 8.0 * 1_000_000_000 / bitsPerSecond);
    AtomicLong freeAt = way == Way.UP ? upFreeAtNanos : downFreeAtNanos;
    return freeAt.updateAndGet(
        free -> (free == Long.MIN_VALUE || free < nowNanos ? nowNanos : free) + takesNanos);
  }
}
