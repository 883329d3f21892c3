package io.tributary.bearer;

/** What a verifier says of an {@code Authorization} header. */
public sealed interface Verdict {
  /** The token is good. */
  record Known(Caller caller) implements Verdict {}

  /**
   * There is no token, or it is not good.
   *
   * @param reason for the caller's developer; holds nothing of the token, so it may be answered and
   *     logged
   */
  record Refused(String reason) implements Verdict {}
}
