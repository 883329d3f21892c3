package io.tributary.contracts.event;

import io.tributary.contracts.media.PackageRef;
import java.time.Instant;

/**
 * Enough nodes at enough sites hold a package: new plays may use it. Written by the control plane.
 *
 * @param titleId the title
 * @param packageVersion the package
 * @param publishedAt when its package was published: of two placed packages of a title, plays get
 *     the newer
 */
public record PackagePlaced(String titleId, String packageVersion, Instant publishedAt) {
  /** The envelope's type. */
  public static final String TYPE = "package-placed";

  public PackageRef ref() {
    return new PackageRef(titleId, packageVersion);
  }
}
