package io.tributary.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a node may be named. */
public enum NodeHealth {
  /** May be named. */
  @JsonProperty("healthy")
  HEALTHY,
  /** Silent for too long. */
  @JsonProperty("unhealthy")
  UNHEALTHY,
  /** Heard, and none of its addresses could be reached. */
  @JsonProperty("unreachable")
  UNREACHABLE,
  /** Finishes what runs; not for new plays. */
  @JsonProperty("draining")
  DRAINING,
  /** Its identity was withdrawn. */
  @JsonProperty("revoked")
  REVOKED
}
