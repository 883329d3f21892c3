package io.tributary.client.media;

import io.tributary.client.error.ErrorCode;
import io.tributary.client.error.PlayError;
import io.tributary.client.error.PlayException;
import java.util.regex.Pattern;

/**
 * One immutable file of a package, as its publisher described it. What a node sends counts only if
 * it has this size and this hash.
 *
 * @param path below the package's base URL: two names of {@code a-z 0-9 . -} and a slash
 * @param bytes its exact size, 1 to {@link #MAX_BYTES}
 * @param sha256 64 lower-case hexadecimal digits
 */
public record MediaFile(String path, long bytes, String sha256) {
  /**
   * Far above any 4 s segment of 8K video; below it, a wrong manifest cannot occupy a play for
   * hours.
   */
  public static final long MAX_BYTES = 256L << 20;

  // A name may not start with a dot, so that no path can climb out of the package's URL.
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9-][a-z0-9.-]{0,63}/[a-z0-9-][a-z0-9.-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public MediaFile {
    check(PATH.matcher(path).matches(), "path", path, "two names of a-z 0-9 . - and a slash");
    check(bytes >= 1 && bytes <= MAX_BYTES, "bytes", bytes, "1 to " + MAX_BYTES);
    check(SHA256.matcher(sha256).matches(), "sha256", sha256, "64 lower-case hexadecimal digits");
  }

  static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new PlayException(
          PlayError.of(
              ErrorCode.BAD_ANSWER, name + " is " + value + " (expected: " + expected + ")"));
    }
  }
}
