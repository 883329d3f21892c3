package io.tributary.steering.explain;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names decisions: a random prefix of this process and a count, e.g. {@code d-3f0c…-1a}. Unique
 * over all replicas as far as 64 random bits go, without asking anyone or drawing randomness per
 * decision. Safe for use by many threads.
 */
public final class DecisionIds {
  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /** Draws the prefix from {@code random}. */
  public DecisionIds(RandomGenerator random) {
    this.prefix = "d-" + Long.toUnsignedString(random.nextLong(), 36) + "-";
  }

  /** The next id. */
  public String next() {
    return prefix + Long.toString(count.incrementAndGet(), 36);
  }
}
