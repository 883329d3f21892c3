package io.tributary.contracts.event;

import io.tributary.contracts.media.PackageRef;

/**
 * A node confirmed a package. Written by the control plane; a null value under the same key takes
 * it back.
 *
 * @param nodeId the node
 * @param titleId the title
 * @param packageVersion the package
 * @param contentVersion under which it was planned
 */
public record PackageHeld(
    String nodeId, String titleId, String packageVersion, long contentVersion) {
  /** The envelope's type. */
  public static final String TYPE = "package-held";

  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }

  /** The record's key. */
  public String key() {
    return nodeId + "/" + titleId + "/" + packageVersion;
  }
}
