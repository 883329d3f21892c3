package io.tributary.steering.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What players were answered: {@code tributary.steering.answers}. Safe for use by many threads. */
final class FaceCounters {
  private final Map<Face, Map<Outcome, Counter>> counters = new EnumMap<>(Face.class);

  FaceCounters(MeterRegistry registry) {
    for (Face face : Face.values()) {
      Map<Outcome, Counter> byOutcome = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        byOutcome.put(
            outcome,
            registry.counter(
                "tributary.steering.answers", "face", face.word(), "outcome", outcome.word()));
      }
      counters.put(face, byOutcome);
    }
  }

  /** What came of a question. */
  enum Outcome {
    /** It was told nodes. */
    TOLD,
    /** Its play is over. */
    OVER,
    /** Its signer or its time is not known here yet. */
    NOT_NOW,
    /** It is none of a play, or not of this one. */
    NOT_OURS,
    /** None of its nodes may be named. */
    NOBODY,
    /** Nothing is known of the fleet yet. */
    NOTHING_KNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  void answered(Face face, Outcome outcome) {
    Counter counter = counters.getOrDefault(face, Map.of()).get(outcome);
    if (counter != null) { // always so
      counter.increment();
    }
  }
}
