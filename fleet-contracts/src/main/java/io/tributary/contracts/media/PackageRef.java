package io.tributary.contracts.media;

/**
 * Names one immutable package: the unit of placement and inventory.
 *
 * @param titleId 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param packageVersion 1 to 64 characters of the same alphabet
 */
public record PackageRef(String titleId, String packageVersion) {
  /** Titles' and packages' ids: safe in a URL, an object key, a file name and a log line. */
  public static final String ID_PATTERN = "[a-z0-9][a-z0-9-]{0,63}";

  public PackageRef {
    check(titleId, "titleId");
    check(packageVersion, "packageVersion");
  }

  /** {@code titleId/packageVersion}: the path of the package below any store's or node's root. */
  public String path() {
    return titleId + "/" + packageVersion;
  }

  private static void check(String id, String name) {
    if (!id.matches(ID_PATTERN)) {
      throw new IllegalArgumentException(name + " is " + id + " (expected: " + ID_PATTERN + ")");
    }
  }
}
