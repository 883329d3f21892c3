package io.tributary.playback.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A title as viewers and operators know it.
 *
 * @param titleId its id
 * @param name for people: the operator's, or else the ingest's
 * @param isPublic whether it needs no account
 * @param current what new plays get: the newest package that is placed; null while there is none
 */
public record CatalogueTitle(
    String titleId, String name, boolean isPublic, @Nullable CurrentPackage current) {
  /** A placed package and its duration. */
  public record CurrentPackage(String packageVersion, long durationMillis) {}

  /** Whether a play could start. */
  public boolean isPlayable() {
    return current != null;
  }

  /** Of the current package; 0 while there is none. */
  public long durationMillis() {
    return current == null ? 0 : current.durationMillis();
  }
}
