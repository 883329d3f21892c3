package io.tributary.oca.serve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of a media request, {@code /t/TOKEN/TITLE/VERSION/RENDITION/FILE}.
 *
 * <p>A path of ours needs no escapes, so one that has any is refused rather than decoded: {@code
 * %2e%2e}, {@code %2f}, {@code %00} and their doubles never become anything. What passes is looked
 * up in a map, never on disk.
 *
 * @param token not yet checked
 * @param packagePath {@code TITLE/VERSION}
 * @param filePath {@code RENDITION/FILE}
 */
record MediaPath(String token, String packagePath, String filePath) {
  private static final String PREFIX = "/t/";

  /** What a request's target is. */
  sealed interface Target {
    /** A media path. */
    record Media(MediaPath path) implements Target {}

    /** Another plain path, e.g. {@code /healthz}. */
    record Other(String path) implements Target {}

    /** Under {@code /t/}, but too short for a token and a file. */
    record Incomplete() implements Target {}

    /** No path that anything here could have. */
    record Malformed() implements Target {}
  }

  /**
   * Reads a request target in origin or absolute form (RFC 9112, section 3.2). The query is for
   * reports of players and is not looked at.
   */
  static Target parse(String requestTarget) {
    String path = pathOf(requestTarget);
    if (path != null && path.startsWith(PREFIX + "/")) {
      return new Target.Incomplete();
    }
    if (path == null || !isPlain(path)) {
      return new Target.Malformed();
    }
    if (!path.startsWith(PREFIX)) {
      return new Target.Other(path);
    }
    return split(path).<Target>map(Target.Media::new).orElseGet(Target.Incomplete::new);
  }

  /** {@code TITLE}. */
  String titleId() {
    return packagePath.substring(0, packagePath.indexOf('/'));
  }

  private static Optional<MediaPath> split(String path) {
    int title = path.indexOf('/', PREFIX.length());
    int version = title < 0 ? -1 : path.indexOf('/', title + 1);
    int rendition = version < 0 ? -1 : path.indexOf('/', version + 1);
    int file = rendition < 0 ? -1 : path.indexOf('/', rendition + 1);
    if (file < 0 || title == PREFIX.length()) {
      return Optional.empty();
    }
    return Optional.of(
        new MediaPath(
            path.substring(PREFIX.length(), title),
            path.substring(title + 1, rendition),
            path.substring(rendition + 1)));
  }

  /** The path that a token must grant. */
  String granted() {
    return "/" + packagePath + "/" + filePath;
  }

  @Override
  public String toString() {
    return packagePath + "/" + filePath;
  }

  private static @Nullable String pathOf(String target) {
    String path = target;
    if (!path.startsWith("/")) {
      int scheme = path.indexOf("://");
      if (scheme < 0) {
        return null;
      }
      int slash = path.indexOf('/', scheme + 3);
      if (slash < 0) {
        return null;
      }
      path = path.substring(slash);
    }
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Only {@code A-Z a-z 0-9 - _ . /}, no empty segment and none of dots alone. */
  private static boolean isPlain(String path) {
    char before = 'x';
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean isAllowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.'
              || c == '/';
      boolean isSegmentOfDots = c == '.' && before == '/';
      if (!isAllowed || isSegmentOfDots || (c == '/' && before == '/')) {
        return false;
      }
      before = c;
    }
    return true;
  }
}
