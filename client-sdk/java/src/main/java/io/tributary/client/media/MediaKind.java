package io.tributary.client.media;

/** Picture or sound. */
public enum MediaKind {
  VIDEO,
  AUDIO
}
