package io.tributary.steering.explain;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names decisions: the time, a random word of this process and a count, e.g. {@code
 * d-lx2k9c0a-3f0c…-1a}. Unique over all replicas as far as 64 random bits go, without asking anyone
 * or drawing randomness per decision; the time tells where in the log the record is. Safe for use
 * by many threads.
 */
public final class DecisionIds {
  private static final int RADIX = 36;
  private static final Pattern ID =
      Pattern.compile("d-([0-9a-z]{1,9})-[0-9a-z]{1,13}-[0-9a-z]{1,13}");

  private final String process;
  private final AtomicLong count = new AtomicLong();

  /** Draws the process's word from {@code random}. */
  public DecisionIds(RandomGenerator random) {
    this.process = Long.toUnsignedString(random.nextLong(), RADIX);
  }

  /** The next id. */
  public String next(Instant at) {
    return "d-"
        + Long.toString(Math.max(0, at.toEpochMilli()), RADIX)
        + "-"
        + process
        + "-"
        + Long.toString(count.incrementAndGet(), RADIX);
  }

  /** When the decision of this id was made, by its maker's clock; empty if it is no such id. */
  public static Optional<Instant> madeAt(String decisionId) {
    Matcher id = ID.matcher(decisionId);
    return id.matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(id.group(1), RADIX)))
        : Optional.empty();
  }
}
