package io.tributary.controlplane.doors;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How many requests may be in work at the node door at once. Heartbeats may take all places, the
 * other {@linkplain Kind kinds} a share each: an inventory waits for the store, and a fleet that
 * sends all of them anew must still be heard; an enrolment may be a stranger's, who never ends his
 * body. Over it a request is refused before anything of it is read, and told a time by chance
 * within the spread, so that those who were refused together do not come back together.
 *
 * <p>Knows no clock. Safe for use by many threads.
 */
final class DoorAdmission {
  private final int maxInWork;
  private final int spreadSeconds;
  private final Supplier<RandomGenerator> random;
  private final AtomicInteger inWork = new AtomicInteger();
  private final Map<Kind, AtomicInteger> ofKind = new EnumMap<>(Kind.class);
  private final AtomicLong refused = new AtomicLong();

  DoorAdmission(int maxInWork, Duration retrySpread, Supplier<RandomGenerator> random) {
    this.maxInWork = maxInWork;
    this.spreadSeconds = (int) retrySpread.toSeconds();
    this.random = random;
    for (Kind kind : Kind.values()) {
      ofKind.put(kind, new AtomicInteger());
    }
  }

  /** What comes in. */
  enum Kind {
    /** Needs no store, and tells that a node lives. */
    HEARTBEAT(1),
    /** Comes from whoever may have a token, without a certificate. */
    ENROLMENT(16),
    /** Everything else that nodes ask or tell. */
    OTHER(4);

    private final int share;

    /** May take one of so many places. */
    Kind(int share) {
      this.share = share;
    }
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
    if (of(kind).incrementAndGet() > maxInWork / kind.share) {
      // What is over its share never counts among all, and so takes no place from a heartbeat.
      of(kind).decrementAndGet();
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
    of(kind).decrementAndGet();
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

  private AtomicInteger of(Kind kind) {
    return Objects.requireNonNull(ofKind.get(kind), "each has one");
  }
}
