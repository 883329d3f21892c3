package io.tributary.ctl;

import org.jspecify.annotations.Nullable;

/**
 * An admin call that did not do what was asked: the admin door refused it, or gave no answer that
 * could be understood.
 */
public final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The {@link #type} of a failure without an answer: no connection, a timeout, a broken one. */
  public static final String NO_ANSWER = "urn:tributary:problem:no-answer";

  private final String type;
  private final int status;
  private final String detail;
  private final boolean retryable;

  AdminException(
      String type, int status, String detail, boolean retryable, @Nullable Throwable cause) {
    super(detail, cause);
    this.type = type;
    this.status = status;
    this.detail = detail;
    this.retryable = retryable;
  }

  /**
   * The problem's type, e.g. {@code urn:tributary:problem:not-found}; {@link #NO_ANSWER} if there
   * was none, {@code about:blank} if the answer was no problem+json.
   */
  public String type() {
    return type;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** What is wrong, for people: the problem's own words, where there are any. */
  public String detail() {
    return detail;
  }

  /** Whether the same call may succeed later. */
  public boolean isRetryable() {
    return retryable;
  }
}
