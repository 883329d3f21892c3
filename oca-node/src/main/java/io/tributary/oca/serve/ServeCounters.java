package io.tributary.oca.serve;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the media door has done since the start. Safe for use by many threads. */
public final class ServeCounters {
  private final Map<Outcome, LongAdder> requests = new EnumMap<>(Outcome.class);
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder connectionsRefused = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();

  /** How requests end; the tag {@code outcome} of their metric. */
  public enum Outcome {
    /** 200 or 206 to its last byte. */
    SERVED,
    /** 304. */
    NOT_MODIFIED,
    /** The client went, or took nothing for too long, in the middle of an answer. */
    ABORTED,
    /** Neither a request nor a path of ours, or a range outside the file. */
    BAD_REQUEST,
    /** The media token is missing or gives nothing. */
    UNAUTHENTICATED,
    /** The media token is for something else. */
    FORBIDDEN,
    /** No such file here. */
    NOT_FOUND,
    /** Dropped for its bytes, or the node may not serve or cannot read now. */
    UNAVAILABLE,
    /** Preflights and health. */
    OTHER
  }

  public ServeCounters() {
    for (Outcome outcome : Outcome.values()) {
      requests.put(outcome, new LongAdder());
    }
  }

  /** So many requests have ended so. */
  public long requests(Outcome outcome) {
    return adder(outcome).sum();
  }

  /** Of files, without headers. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Open now. */
  public int connections() {
    return connections.get();
  }

  /** Closed at once for want of room. */
  public long connectionsRefused() {
    return connectionsRefused.sum();
  }

  void ended(Outcome outcome) {
    adder(outcome).increment();
  }

  void sent(long bytes) {
    bytesSent.add(bytes);
  }

  /** Whether there is room for one more. */
  boolean opened(int max) {
    if (connections.incrementAndGet() <= max) {
      return true;
    }
    connectionsRefused.increment();
    return false;
  }

  void closed() {
    connections.decrementAndGet();
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = requests.get(outcome);
    if (adder == null) {
      throw new IllegalStateException(outcome.name());
    }
    return adder;
  }
}
