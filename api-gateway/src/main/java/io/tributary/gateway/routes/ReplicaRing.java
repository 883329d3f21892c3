package io.tributary.gateway.routes;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The replicas of one service, in turn. One that failed is asked last for a while: not never, since
 * when all have failed the least bad is to try.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaRing {
  private final List<URI> replicas;
  private final Duration coolDown;
  private final Duration maxCoolDown;
  private final InstantSource time;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<URI, Cooling> cooling = new ConcurrentHashMap<>();

  /**
   * Starts with every replica in good standing.
   *
   * @param replicas base URLs without a slash at their end; may be empty
   */
  public ReplicaRing(List<URI> replicas, RoutingConfig config, InstantSource time) {
    this.replicas = List.copyOf(replicas);
    this.coolDown = config.coolDown();
    this.maxCoolDown = config.maxCoolDown();
    this.time = time;
  }

  /** All replicas in the order to ask them for the next request. */
  public List<URI> next() {
    int size = replicas.size();
    if (size == 0) {
      return List.of();
    }
    Instant now = time.instant();
    int first = Math.floorMod(turn.getAndIncrement(), size);
    List<URI> order = new ArrayList<>(size);
    List<URI> last = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      URI replica = replicas.get((first + i) % size);
      Cooling state = cooling.get(replica);
      (state != null && now.isBefore(state.until) ? last : order).add(replica);
    }
    order.addAll(last);
    return order;
  }

  /** A replica answered. */
  public void answered(URI replica) {
    cooling.remove(replica);
  }

  /** A replica refused, broke off, or was late. */
  public void failed(URI replica) {
    cooling.compute(
        replica,
        (key, before) -> {
          int failures = before == null ? 1 : Math.min(before.failures + 1, 30);
          Duration wait = coolDown.multipliedBy(1L << (failures - 1));
          return new Cooling(
              failures, time.instant().plus(wait.compareTo(maxCoolDown) < 0 ? wait : maxCoolDown));
        });
  }

  private record Cooling(int failures, Instant until) {}
}
