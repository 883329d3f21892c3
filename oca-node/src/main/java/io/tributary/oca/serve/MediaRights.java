package io.tributary.oca.serve;

import io.tributary.contracts.api.ProblemType;
import io.tributary.token.KeySet;
import io.tributary.token.MediaTokenVerifier;
import io.tributary.token.Verification;
import io.tributary.token.Verification.Rejected;
import io.tributary.token.Verification.Verified;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a token gives a path: genuine, in time, for this package and not revoked; and the title
 * not purged.
 *
 * <p>Safe for use by many threads; keys and revocations may be replaced at any time.
 */
public final class MediaRights {
  private final InstantSource clock;
  private final MediaTokenVerifier verifier;
  private volatile KeySet keys = KeySet.empty();
  private volatile Set<String> revoked = Set.of();
  private volatile Set<String> purged = Set.of();
  private volatile Instant servesUntil = Instant.MAX;
  private volatile boolean mayServe = true;

  /** What a token gives, as far as can be told without checking its signature. */
  sealed interface Right {
    /** The path. */
    record Granted() implements Right {}

    /** Nothing. */
    record Refused(Refusal refusal) implements Right {}

    /** Not known: its signature has to be checked, by {@link #refuse}. */
    record Unchecked() implements Right {}
  }

  public MediaRights(InstantSource clock) {
    this.clock = clock;
    this.verifier = new MediaTokenVerifier(() -> keys);
  }

  /**
   * Public keys, at once in force.
   *
   * @throws IllegalArgumentException if there are none: that would refuse everybody, and is never
   *     what anybody wants
   */
  public void keys(KeySet publicKeys) {
    if (publicKeys.keyIds().isEmpty()) {
      throw new IllegalArgumentException("media token keys are none (expected: one at least)");
    }
    keys = publicKeys;
  }

  /** Whose tokens give nothing from now on. */
  public void revoked(Set<String> playbackIds) {
    revoked = Set.copyOf(playbackIds);
  }

  /** Titles of which nothing is given from now on. */
  public void purged(Set<String> titleIds) {
    purged = Set.copyOf(titleIds);
  }

  /** The end of this node's own certificate: from then on it serves nobody. */
  public void servesUntil(Instant end) {
    servesUntil = end;
  }

  /** Whether this node may serve at all; not while it has to hear of withdrawals first. */
  public void mayServe(boolean may) {
    mayServe = may;
  }

  /** Whether anything at all is served now. */
  public boolean isServing() {
    return mayServe && clock.instant().isBefore(servesUntil);
  }

  /** What is known of the token already; costs next to nothing. */
  Right recall(MediaPath path) {
    Instant now = clock.instant();
    Optional<Refusal> outOfService = outOfService(now);
    if (outOfService.isPresent()) {
      return new Right.Refused(outOfService.get());
    }
    return verifier
        .recall(path.token(), now)
        .map(known ->
            judge(known, path).<Right>map(Right.Refused::new).orElseGet(Right.Granted::new))
        .orElseGet(Right.Unchecked::new);
  }

  /** Why the token does not give the path; checks its signature: half a millisecond. */
  Optional<Refusal> refuse(MediaPath path) {
    Instant now = clock.instant();
    return outOfService(now).or(() -> judge(verifier.verify(path.token(), now), path));
  }

  private Optional<Refusal> outOfService(Instant now) {
    return mayServe && now.isBefore(servesUntil)
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                ProblemType.UNAVAILABLE,
                "node is not in service (expected: a node with a certificate in force)"));
  }

  private Optional<Refusal> judge(Verification verification, MediaPath path) {
    return switch (verification) {
      case Rejected(Verification.Reason reason) -> Optional.of(refusal(reason));
      case Verified(var grant) ->
          !grant.allows(path.granted())
              ? Optional.of(
                  Refusal.of(
                      ProblemType.FORBIDDEN,
                      "media token is for another package (expected: this one's)"))
              : revoked.contains(grant.tokenId())
                  ? Optional.of(
                      Refusal.of(
                          ProblemType.FORBIDDEN,
                          "media token is of a revoked play (expected: a new play's)"))
                  : purged.contains(path.titleId())
                      ? Optional.of(
                          Refusal.of(
                              ProblemType.NOT_FOUND,
                              "title is purged (expected: one that is held here)"))
                      : Optional.empty();
    };
  }

  private static Refusal refusal(Verification.Reason reason) {
    String expected =
        switch (reason) {
          case TOO_LONG -> "media token is too long (expected: at most 2048 characters)";
          case MALFORMED -> "media token is unreadable (expected: a COSE_Sign1 CWT in base64url)";
          case WRONG_ALGORITHM -> "media token has another algorithm (expected: ES256)";
          case UNKNOWN_KEY -> "media token is of an unknown key (expected: one of this fleet's)";
          case BAD_SIGNATURE -> "media token has a wrong signature (expected: its key's)";
          case WRONG_AUDIENCE -> "media token is for another audience (expected: media)";
          case NOT_YET_VALID -> "media token is not in force yet (expected: a past start)";
          case EXPIRED -> "media token is over (expected: a later end; renew the play)";
        };
    return Refusal.of(ProblemType.UNAUTHENTICATED, expected);
  }
}
