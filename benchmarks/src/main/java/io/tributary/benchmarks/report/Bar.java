package io.tributary.benchmarks.report;

/** What a figure must reach. */
public sealed interface Bar {
  /** It is told, and nothing is asked of it. */
  record None() implements Bar {}

  /** The whole interval must be there or above. */
  record AtLeast(double least) implements Bar {}

  /** The whole interval must be there or below. */
  record AtMost(double most) implements Bar {}

  /** The whole interval must be there or above, less what a peer differs from itself. */
  record AtLeastLessMargin(double least, String marginKey) implements Bar {}

  /** Every single round must have none. */
  record Never() implements Bar {}
}
