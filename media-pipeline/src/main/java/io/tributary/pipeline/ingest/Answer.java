package io.tributary.pipeline.ingest;

import io.tributary.contracts.api.ProblemType;

/** What an operator is answered. */
public sealed interface Answer<T> {
  /** As asked. */
  record Given<T>(T value) implements Answer<T> {}

  /** Refused; {@code detail} names the field, its value and what was expected. */
  record Refused<T>(ProblemType type, String detail) implements Answer<T> {}
}
