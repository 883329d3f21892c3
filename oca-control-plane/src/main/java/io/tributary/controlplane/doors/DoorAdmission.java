package io.tributary.controlplane.doors;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How many requests may be in work at the node door at once. What is not a heartbeat may take a
 * quarter: an inventory waits for the store, and a fleet that sends all of them anew must still be
 * heard. Over it a request is refused before anything of it is read, and told a time by chance
 * within the spread, so that those who were refused together do not come back together.
 *
 * <p>Knows no clock. Safe for use by many threads.
 */
final class DoorAdmission {
  private static final int OTHERS_SHARE = 4;

  private final int maxInWork;
  private final int spreadSeconds;
  private final Supplier<RandomGenerator> random;
  private final AtomicInteger inWork = new AtomicInteger();
  private final AtomicInteger othersInWork = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  DoorAdmission(int maxInWork, Duration retrySpread, Supplier<RandomGenerator> random) {
    this.maxInWork = maxInWork;
    this.spreadSeconds = (int) retrySpread.toSeconds();
    this.random = random;
  }

  /** What comes in. */
  enum Kind {
    /** Needs no store, and tells that a node lives. */
    HEARTBEAT,
    /** Everything else. */
    OTHER
  }

  /** Whether a request may be worked on. */
  sealed interface Answer {
    /** It may, until it {@linkplain DoorAdmission#leave leaves}. */
    record Admitted() implements Answer {}

    /** It may not; after whole seconds it may try again. */
    record Refused(Duration retryAfter) implements Answer {}
  }

  /** Decides about one more. */
  Answer enter(Kind kind) {
    boolean isOther = kind == Kind.OTHER;
    if (isOther && othersInWork.incrementAndGet() > maxInWork / OTHERS_SHARE) {
      othersInWork.decrementAndGet();
      return refuse();
    }
    if (inWork.incrementAndGet() > maxInWork) {
      leave(kind);
      return refuse();
    }
    return new Answer.Admitted();
  }

  /** One that was admitted is done. */
  void leave(Kind kind) {
    inWork.decrementAndGet();
    if (kind == Kind.OTHER) {
      othersInWork.decrementAndGet();
    }
  }

  int inWork() {
    return inWork.get();
  }

  long refused() {
    return refused.get();
  }

  private Answer refuse() {
    refused.incrementAndGet();
    return new Answer.Refused(Duration.ofSeconds(1 + random.get().nextInt(spreadSeconds)));
  }
}
