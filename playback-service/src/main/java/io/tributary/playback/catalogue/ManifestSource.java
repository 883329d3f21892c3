package io.tributary.playback.catalogue;

import java.io.IOException;

/** Where published packages' manifests are fetched from. */
public interface ManifestSource {
  /**
   * Fetches a manifest's bytes.
   *
   * @param key in the packages' bucket
   * @throws IOException if the source is away or has no such object (yet)
   */
  byte[] fetch(String key) throws IOException;
}
