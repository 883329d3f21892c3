package io.tributary.bearer;

import org.jspecify.annotations.Nullable;

/** Whether a request may pass an {@link AccessRule}. */
public sealed interface Admission {
  /**
   * It may.
   *
   * @param caller null for somebody without a token, where the rule lets such in
   */
  record Admitted(@Nullable Caller caller) implements Admission {}

  /**
   * Nobody knows who asks: 401.
   *
   * @param reason see {@link Verdict.Refused}
   * @param shown whether a token was shown at all
   */
  record Unauthenticated(String reason, boolean shown) implements Admission {
    /**
     * The answer's {@code WWW-Authenticate} (RFC 6750): names an error only if a token was shown.
     */
    public String challenge() {
      return shown ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE;
    }
  }

  /** The caller is known and lacks the role: 403. */
  record Forbidden(Caller caller, String reason) implements Admission {
    /** The answer's {@code WWW-Authenticate} (RFC 6750). */
    public String challenge() {
      return CHALLENGE + ", error=\"insufficient_scope\"";
    }
  }

  /** What every challenge starts with. */
  String CHALLENGE = "Bearer realm=\"tributary\"";
}
