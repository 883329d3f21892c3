package io.tributary.contracts.context;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether a request or event is a real viewer's or was made to test the fleet; figures never mix
 * the two.
 */
public enum Cohort {
  /** A viewer's. */
  @JsonProperty("real")
  REAL,
  /** A probe's or a load test's. */
  @JsonProperty("synthetic")
  SYNTHETIC,
  /** A viewer's, served by a version on trial. */
  @JsonProperty("canary")
  CANARY,
  /** Chosen for fault injection. */
  @JsonProperty("fault")
  FAULT
}
