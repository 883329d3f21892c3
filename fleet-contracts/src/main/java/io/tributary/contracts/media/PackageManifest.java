package io.tributary.contracts.media;

import java.util.List;

/**
 * Everything that is to be known of a package, in no player's format. It is written to the object
 * store last, as {@code packages/<titleId>/<packageVersion>/manifest.json}: a package without it
 * does not exist. HLS multivariant playlists and DASH MPDs are rendered from it, nodes verify their
 * files by it and the SDK checks segments by it.
 *
 * @param formatVersion 1
 * @param titleId the title
 * @param packageVersion the package's version: 1 to 64 characters of {@code a-z 0-9 -}
 * @param durationMillis the longest rendition's duration, in milliseconds
 * @param renditions video first, best first; then audio
 */
public record PackageManifest(
    int formatVersion,
    String titleId,
    String packageVersion,
    long durationMillis,
    List<Rendition> renditions) {
  /** The manifest's name below the package's path. */
  public static final String FILE_NAME = "manifest.json";

  public PackageManifest {
    renditions = List.copyOf(renditions);
  }

  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }
}
