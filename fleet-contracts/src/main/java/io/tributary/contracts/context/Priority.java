package io.tributary.contracts.context;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much a request matters, most important first. One vocabulary from SDK to node: whoever must
 * refuse work refuses the least important first.
 */
public enum Priority {
  /** A viewer waits for this now: a play's start, a segment the buffer is about to need. */
  @JsonProperty("critical")
  CRITICAL,
  /** What a viewer will need soon: renewals, segments with a comfortable buffer. */
  @JsonProperty("standard")
  STANDARD,
  /** What a viewer may need: the next title's first segments. */
  @JsonProperty("prefetch")
  PREFETCH,
  /** What nobody waits for: fills, reports, downloads. */
  @JsonProperty("bulk")
  BULK
}
