package io.tributary.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose a node is. */
public enum NodeKind {
  /** Of the fleet; every node that does not say what it is. */
  @JsonProperty("own")
  OWN,
  /** An external CDN that stands as one node: paid for what it sends, and judged by nobody here. */
  @JsonProperty("external")
  EXTERNAL
}
