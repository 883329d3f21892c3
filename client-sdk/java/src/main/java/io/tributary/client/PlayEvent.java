package io.tributary.client;

import io.tributary.client.error.PlayError;
import io.tributary.client.media.MediaKind;
import io.tributary.client.nodes.NodeFault;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a play. More cases may come: use {@code instanceof}, and ignore what
 * you do not know.
 */
public sealed interface PlayEvent {
  /**
   * The picture moves for the first time.
   *
   * @param startupMillis since {@link Play#start()}
   */
  record Started(long startupMillis) implements PlayEvent {}

  /**
   * A segment came whole, with the right hash.
   *
   * @param nodeId who sent its last byte
   * @param kind picture or sound
   * @param renditionId which encoding
   * @param index 0 for the title's first
   * @param bytes its size
   * @param millis from the first request for it to its last byte
   */
  record SegmentLoaded(
      String nodeId, MediaKind kind, String renditionId, int index, long bytes, long millis)
      implements PlayEvent {}

  /**
   * A node lost this play's trust and is not asked again while another one is trusted.
   *
   * @param nodeId the node
   * @param fault what it did
   * @param detail the same for people
   */
  record NodeFailed(String nodeId, NodeFault fault, String detail) implements PlayEvent {}

  /**
   * Segments come from another node now.
   *
   * @param from the node that served until now
   * @param to the node that serves now
   * @param reason what {@code from} did; null if it did nothing wrong and a new ranking prefers
   *     {@code to}
   */
  record NodeSwitched(String from, String to, @Nullable NodeFault reason) implements PlayEvent {}

  /**
   * The next picture segment is of another rendition than the last.
   *
   * @param fromBitsPerSecond the last one's average rate
   * @param toBitsPerSecond the next one's
   */
  record BitrateSwitched(long fromBitsPerSecond, long toBitsPerSecond) implements PlayEvent {}

  /**
   * The picture froze, because the buffer is empty.
   *
   * @param positionMillis where
   */
  record RebufferStarted(long positionMillis) implements PlayEvent {}

  /**
   * The picture moves again.
   *
   * @param millis how long it was frozen
   */
  record RebufferEnded(long millis) implements PlayEvent {}

  /**
   * The play is over as it should be. The last event.
   *
   * @param reason why now
   * @param report its figures
   */
  record Ended(EndReason reason, PlayReport report) implements PlayEvent {}

  /**
   * The play is over before its end. The last event.
   *
   * @param error why, and what to do
   * @param report its figures
   */
  record Failed(PlayError error, PlayReport report) implements PlayEvent {}

  /** Why a play that did not fail is over. */
  enum EndReason {
    /** It came to the end of the title, or of the time it was opened for. */
    PLAYED,
    /** The app closed it. */
    CLOSED
  }
}
