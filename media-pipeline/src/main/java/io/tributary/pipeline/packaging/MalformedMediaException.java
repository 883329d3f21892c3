package io.tributary.pipeline.packaging;

import java.io.IOException;

/** Bytes that should be fragmented MP4 are not. */
public final class MalformedMediaException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedMediaException(String message) {
    super(message);
  }
}
