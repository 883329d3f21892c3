package io.tributary.contracts.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a player does; CMCD's {@code sta}. */
public enum PlayerState {
  /** Play was pressed, and nothing is shown yet. */
  @JsonProperty("starting")
  STARTING,
  /** The picture moves. */
  @JsonProperty("playing")
  PLAYING,
  /** The viewer chose another position, which is not there yet. */
  @JsonProperty("seeking")
  SEEKING,
  /** The buffer ran empty. */
  @JsonProperty("rebuffering")
  REBUFFERING,
  /** The viewer paused. */
  @JsonProperty("paused")
  PAUSED,
  /** The title's end was reached. */
  @JsonProperty("ended")
  ENDED,
  /** Play cannot go on. */
  @JsonProperty("failed")
  FAILED,
  /** The viewer left before the end. */
  @JsonProperty("quit")
  QUIT
}
