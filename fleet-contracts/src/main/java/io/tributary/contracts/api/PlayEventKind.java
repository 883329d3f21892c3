package io.tributary.contracts.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why a {@link PlayEvent} was noted. An event of a kind that a reader does not know is left out by
 * the service that takes reports; none is refused for it.
 */
public enum PlayEventKind {
  /** The player's state is another one. */
  @JsonProperty("state")
  STATE,
  /** Nothing in particular: so many seconds have passed. */
  @JsonProperty("interval")
  INTERVAL,
  /** Another rendition is fetched from here on. */
  @JsonProperty("bitrate")
  BITRATE,
  /** Another node is asked from here on. */
  @JsonProperty("node")
  NODE,
  /** Something failed; play may go on. */
  @JsonProperty("error")
  ERROR
}
