package io.tributary.contracts.media;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Picture or sound. */
public enum MediaKind {
  /** A picture without sound. */
  @JsonProperty("video")
  VIDEO,
  /** Sound alone. */
  @JsonProperty("audio")
  AUDIO
}
