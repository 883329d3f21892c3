package io.tributary.contracts.api;

import java.net.URI;
import java.util.Locale;

/**
 * Every {@code type} that a problem+json body (RFC 9457) of ours can have. Stable: clients act on
 * these.
 *
 * <p>The body's {@code detail} names the field, its value and what was expected; {@code retryable}
 * is a member of it.
 */
public enum ProblemType {
  /** A body or parameter could not be read. */
  MALFORMED(400, false),
  /** A field was read and refused. */
  INVALID(400, false),
  /** No bearer token, or one that is expired, foreign or forged. */
  UNAUTHENTICATED(401, false),
  /** The caller's role does not allow this. */
  FORBIDDEN(403, false),
  /** The token's account is not known here. */
  UNKNOWN_ACCOUNT(403, false),
  /** The account has no right to this title. */
  NOT_ENTITLED(403, false),
  /** The title may not be played where the viewer is. */
  TERRITORY(403, false),
  /** The account plays on as many devices as it may. */
  PLAY_LIMIT(403, false),
  /** No such path, title, play, node or package. */
  NOT_FOUND(404, false),
  /** The method is not one of this path's. */
  METHOD_NOT_ALLOWED(405, false),
  /**
   * What was asked contradicts what is: another body under the same Idempotency-Key, a used
   * enrolment token.
   */
  CONFLICT(409, false),
  /** The play or URL has ended; start a new one. */
  EXPIRED(410, false),
  /** The body is larger than this path takes. */
  BODY_TOO_LARGE(413, false),
  /** The body's content type is not one of this path's. */
  UNSUPPORTED_MEDIA_TYPE(415, false),
  /** The file was read whole and is not a video that can be published. */
  NOT_A_VIDEO(422, false),
  /** The title exists, and no node holds it yet. */
  NOT_PLACED(503, true),
  /** Nodes hold the title; none may take a new play now. */
  EXHAUSTED(503, true),
  /** Refused to protect what is running; {@code Retry-After} says when. */
  OVERLOADED(503, true),
  /** Something this needs is away, and nothing recent is known of what was asked. */
  UNAVAILABLE(503, true),
  /** Something this needs did not answer in time. */
  TIMEOUT(504, true),
  /** A bug. */
  INTERNAL(500, true);

  private final int status;
  private final boolean retryable;

  ProblemType(int status, boolean retryable) {
    this.status = status;
    this.retryable = retryable;
  }

  /** The HTTP status it comes with. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** The body's {@code type}, e.g. {@code urn:tributary:problem:not-entitled}. */
  public URI uri() {
    return URI.create("urn:tributary:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
