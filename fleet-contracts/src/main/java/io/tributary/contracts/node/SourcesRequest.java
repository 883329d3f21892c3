package io.tributary.contracts.node;

import java.util.List;

/**
 * Asks where to fetch files from: {@code POST /oca/v1/sources}.
 *
 * @param titleId the title
 * @param packageVersion a package of the node's own plan
 * @param paths of its files, the manifest's among them if wanted; 1 to 500
 */
public record SourcesRequest(String titleId, String packageVersion, List<String> paths) {
  /** More would let one answer grow without bound. */
  public static final int MAX_PATHS = 500;

  public SourcesRequest {
    paths = List.copyOf(paths);
  }
}
