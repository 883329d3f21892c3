package io.tributary.token;

/** What a verifier says of a token. */
public sealed interface Verification {
  /** The token is genuine, in time and meant for this audience. */
  record Verified(MediaGrant grant) implements Verification {}

  /** The token gives nothing. */
  record Rejected(Reason reason) implements Verification {}

  /** Why a token gives nothing; never quotes the token. */
  enum Reason {
    /** Longer than {@link MediaTokenVerifier#MAX_TOKEN_CHARS}. */
    TOO_LONG,
    /** Not base64url without padding of a COSE_Sign1 structure with the claims that are needed. */
    MALFORMED,
    /** Not ES256. */
    WRONG_ALGORITHM,
    /** No key of the set has the token's key id. */
    UNKNOWN_KEY,
    /** The signature is not that key's over these bytes. */
    BAD_SIGNATURE,
    /** Genuine, and meant for somebody else. */
    WRONG_AUDIENCE,
    /** Genuine, and its time has not come. */
    NOT_YET_VALID,
    /** Genuine, and its time is over. */
    EXPIRED
  }
}
