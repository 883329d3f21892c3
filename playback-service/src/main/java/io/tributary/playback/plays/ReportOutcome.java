package io.tributary.playback.plays;

/** How a client's report of its play ended. */
public sealed interface ReportOutcome {
  /** It was taken; what it says goes on as far as the fleet can take it. */
  record Taken() implements ReportOutcome {}

  /** There is no such play, or it is not the caller's. */
  record NoSuchPlay(String playbackId) implements ReportOutcome {}

  /** The manifest that proves the play has ended. */
  record Ended(String playbackId) implements ReportOutcome {}

  /** The store is away, and the report has no manifest to prove its play by. */
  record NotKnownNow(String playbackId) implements ReportOutcome {}
}
