package io.tributary.playback.plays;

/** The answer to "may this be played, and from where?". */
public sealed interface PlayOutcome {
  /** It may. */
  record Granted(GrantedPlay play) implements PlayOutcome {}

  /** The title is not public, and nobody said who asks. */
  record NeedsAccount(String titleId) implements PlayOutcome {}

  /** The token's account is not known. */
  record UnknownAccount(String accountId) implements PlayOutcome {}

  /** The account has no right to the title. */
  record NotEntitled(String accountId, String titleId) implements PlayOutcome {}

  /** There is no such title. */
  record NoSuchTitle(String titleId) implements PlayOutcome {}

  /** There is no such play, or it is another account's. */
  record NoSuchPlay(String playbackId) implements PlayOutcome {}

  /** The Idempotency-Key began a play of this title, which is not the one asked for. */
  record KeyOfAnother(String titleId) implements PlayOutcome {}

  /** The play has ended. */
  record Ended(String playbackId) implements PlayOutcome {}

  /** Too few nodes hold the title yet. */
  record NotPlaced(String titleId) implements PlayOutcome {}

  /** Nodes hold it, and none may take a play now. */
  record Exhausted(String titleId) implements PlayOutcome {}

  /** What is needed cannot be asked, and nothing recent is known of it. */
  record NotKnownNow(String what) implements PlayOutcome {}
}
