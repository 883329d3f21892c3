package io.tributary.contracts.media;

import java.util.regex.Pattern;

/**
 * Names one immutable package: the unit of placement and inventory.
 *
 * @param titleId 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param packageVersion 1 to 64 characters of the same alphabet
 */
public record PackageRef(String titleId, String packageVersion) {
  /** Titles' and packages' ids: safe in a URL, an object key, a file name and a log line. */
  public static final String ID_PATTERN = "[a-z0-9][a-z0-9-]{0,63}";

  private static final Pattern ID = Pattern.compile(ID_PATTERN);

  public PackageRef {
    check(titleId, "titleId");
    check(packageVersion, "packageVersion");
  }

  /** {@code titleId/packageVersion}: the path of the package below any store's or node's root. */
  public String path() {
    return titleId + "/" + packageVersion;
  }

  private static void check(String id, String name) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(name + " is " + id + " (expected: " + ID_PATTERN + ")");
    }
  }
}
