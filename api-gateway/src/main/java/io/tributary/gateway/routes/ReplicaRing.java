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
 * when all have failed the least bad is to try. After it, and when a replica is new, one request a
 * cool-down tries it first until it has answered: a process that has just begun takes its time over
 * its first answers, and many would wait for them.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaRing {
  private final Supplier<List<Replica>> replicas;
  private final Duration coolDown;
  private final Duration maxCoolDown;
  private final InstantSource time;
  private final AtomicInteger turn = new AtomicInteger();

  /** Of those that were asked; a new one has none. */
  private final Map<Replica, Standing> standings = new ConcurrentHashMap<>();

  /**
   * Starts with every replica new.
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
    int first = Math.floorMod(turn.getAndIncrement(), size);
    List<Replica> order = new ArrayList<>(size);
    List<Replica> unknown = new ArrayList<>();
    List<Replica> failed = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Replica replica = present.get((first + i) % size);
      Standing standing = standings.getOrDefault(replica, Standing.NEW);
      if (standing.hasAnswered || (i == 0 && mayTry(replica, standing))) {
        order.add(replica);
      } else {
        (standing.failures == 0 ? unknown : failed).add(replica);
      }
    }
    order.addAll(unknown);
    order.addAll(failed);
    return order;
  }

  /** Whether this request, and no other for a cool-down, is the one that tries. */
  private boolean mayTry(Replica replica, Standing standing) {
    Instant now = time.instant();
    if (now.isBefore(standing.until)) {
      return false;
    }
    Standing tried = new Standing(false, standing.failures, now.plus(coolDown));
    return standing.equals(Standing.NEW)
        ? standings.putIfAbsent(replica, tried) == null
        : standings.replace(replica, standing, tried);
  }

  /** A replica answered. */
  public void answered(Replica replica) {
    if (!standings.getOrDefault(replica, Standing.NEW).hasAnswered) {
      standings.put(replica, Standing.GOOD);
      forgetThoseThatLeft();
    }
  }

  /** A replica refused, broke off, or was late. */
  public void failed(Replica replica) {
    standings.compute(
        replica,
        (key, before) -> {
          int failures = before == null ? 1 : Math.min(before.failures + 1, 30);
          Duration wait = coolDown.multipliedBy(1L << (failures - 1));
          return new Standing(
              false,
              failures,
              time.instant().plus(wait.compareTo(maxCoolDown) < 0 ? wait : maxCoolDown));
        });
    forgetThoseThatLeft();
  }

  private void forgetThoseThatLeft() {
    standings.keySet().retainAll(replicas.get());
  }

  /**
   * What is known of a replica.
   *
   * @param hasAnswered the last time
   * @param failures since it answered
   * @param until when nobody tries it first
   */
  private record Standing(boolean hasAnswered, int failures, Instant until) {
    static final Standing NEW = new Standing(false, 0, Instant.MIN);
    static final Standing GOOD = new Standing(true, 0, Instant.MIN);
  }
}
