package io.tributary.contracts.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a node says of itself. It may be believed about what is bad, not about what is good. */
public enum NodeCondition {
  /** Serves and fills. */
  @JsonProperty("ok")
  OK,
  /** Serves what it holds; its disk takes no more (full, read-only, failing). */
  @JsonProperty("degraded")
  DEGRADED,
  /** Finishes what runs and wants nothing new. */
  @JsonProperty("draining")
  DRAINING
}
