package io.tributary.pipeline.transcoding;

import java.io.IOException;

/** Another worker has the job now; whatever this one was about to do must not happen. */
public final class LeaseLostException extends IOException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(String message) {
    super(message);
  }
}
