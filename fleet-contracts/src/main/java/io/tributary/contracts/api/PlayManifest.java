package io.tributary.contracts.api;

import io.tributary.contracts.media.PackageManifest;
import java.util.List;

/**
 * What our own SDK plays from: every fact of the package, hashes included, and the places to fetch
 * it from.
 *
 * @param playbackId the play this is of
 * @param pathways best first, at least one
 * @param media the package: renditions, segments, exact durations and hashes
 */
public record PlayManifest(String playbackId, List<Pathway> pathways, PackageManifest media) {
  public PlayManifest {
    pathways = List.copyOf(pathways);
  }
}
