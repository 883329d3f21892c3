package io.tributary.contracts.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/** From where a node served a segment. */
public enum ServeOutcome {
  /** From its own disk. */
  @JsonProperty("hit")
  HIT,
  /** From a peer, a parent or the origin, while the client waited. */
  @JsonProperty("miss")
  MISS,
  /** Not at all: it was refused or is not here. The status says which. */
  @JsonProperty("none")
  NONE
}
