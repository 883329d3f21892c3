package io.tributary.playback.problem;

import java.io.IOException;
import java.io.Serial;

/** A body turned out larger than a path takes, while it was read. */
final class BodyTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("body is too large (expected: at most " + limit + " bytes)");
  }
}
