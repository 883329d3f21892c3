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

  private static final int MAX_CHARACTERS = 64;

  public PackageRef {
    check(titleId, "titleId");
    check(packageVersion, "packageVersion");
  }

  /** {@code titleId/packageVersion}: the path of the package below any store's or node's root. */
  public String path() {
    return titleId + "/" + packageVersion;
  }

  private static void check(String id, String name) {
    if (!isId(id)) {
      throw new IllegalArgumentException(name + " is " + id + " (expected: " + ID_PATTERN + ")");
    }
  }

  /** As the pattern says, without a matcher: steering reads two a decision. */
  private static boolean isId(String id) {
    if (id.isEmpty() || id.length() > MAX_CHARACTERS || id.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char one = id.charAt(i);
      if ((one < 'a' || one > 'z') && (one < '0' || one > '9') && one != '-') {
        return false;
      }
    }
    return true;
  }
}
