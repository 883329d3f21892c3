package io.tributary.playback.catalogue;

import java.io.Serial;

/** A fact that no repetition makes right: it is set aside, so that the next ones go on. */
public final class PoisonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public PoisonException(String message) {
    super(message);
  }
}
