package io.tributary.contracts.media;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Picture or sound. */
public enum MediaKind {
  @JsonProperty("video")
  VIDEO,
  @JsonProperty("audio")
  AUDIO
}
