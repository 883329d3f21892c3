package io.tributary.gateway.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The replicas of one service, in turn. One that failed is asked last for a while: not never, since
 * when all have failed the least bad is to try.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaRing {
  private final Supplier<List<Replica>> replicas;
  private final Duration coolDown;
  private final Duration maxCoolDown;
  private final InstantSource time;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<Replica, Cooling> cooling = new ConcurrentHashMap<>();

  /**
   * Starts with every replica in good standing.
   *
   * @param replicas those there are now, asked at every request; may be none
   */
  public ReplicaRing(Supplier<List<Replica>> replicas, RoutingConfig config, InstantSource time) {
    this.replicas = replicas;
    this.coolDown = config.coolDown();
    this.maxCoolDown = config.maxCoolDown();
    this.time = time;
  }

  /** All replicas in the order to ask them for the next request. */
  public List<Replica> next() {
    List<Replica> present = replicas.get();
    int size = present.size();
    if (size == 0) {
      return List.of();
    }
    Instant now = time.instant();
    int first = Math.floorMod(turn.getAndIncrement(), size);
    List<Replica> order = new ArrayList<>(size);
    List<Replica> last = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Replica replica = present.get((first + i) % size);
      Cooling state = cooling.get(replica);
      (state != null && now.isBefore(state.until) ? last : order).add(replica);
    }
    order.addAll(last);
    return order;
  }

  /** A replica answered. */
  public void answered(Replica replica) {
    cooling.remove(replica);
  }

  /** A replica refused, broke off, or was late. */
  public void failed(Replica replica) {
    cooling.compute(
        replica,
        (key, before) -> {
          int failures = before == null ? 1 : Math.min(before.failures + 1, 30);
          Duration wait = coolDown.multipliedBy(1L << (failures - 1));
          return new Cooling(
              failures, time.instant().plus(wait.compareTo(maxCoolDown) < 0 ? wait : maxCoolDown));
        });
    // Those that left for good are nobody's to remember.
    cooling.keySet().retainAll(replicas.get());
  }

  private record Cooling(int failures, Instant until) {}
}
