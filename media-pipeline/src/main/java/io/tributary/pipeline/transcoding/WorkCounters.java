package io.tributary.pipeline.transcoding;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How a worker's claims have ended since the start. Safe for use by many threads. */
public final class WorkCounters {
  private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

  /** How one ends; the tag {@code outcome} of their metric. */
  public enum Outcome {
    /** Its package is announced. */
    PUBLISHED,
    /** For good: of its source, or tried too often. */
    FAILED,
    /** To be claimed again: a store or a step failed. */
    GIVEN_BACK,
    /** Another may have claimed it. */
    LEASE_LOST;

    /** As metrics spell it, e.g. {@code given-back}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public WorkCounters() {
    for (Outcome outcome : Outcome.values()) {
      ended.put(outcome, new LongAdder());
    }
  }

  /** So many have ended so. */
  public long ended(Outcome outcome) {
    return adder(outcome).sum();
  }

  void endedAs(Outcome outcome) {
    adder(outcome).increment();
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = ended.get(outcome);
    if (adder == null) {
      throw new IllegalStateException(outcome.name());
    }
    return adder;
  }
}
