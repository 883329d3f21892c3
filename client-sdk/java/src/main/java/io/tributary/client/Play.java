package io.tributary.client;

import io.tributary.client.buffer.PlayBuffer;
import io.tributary.client.error.PlayException;
import java.time.Duration;
import java.util.Optional;

/**
 * One play of one title, without a screen: it fetches, verifies, chooses bitrates, survives nodes
 * and keeps the time of a viewer; nothing is decoded.
 *
 * <p>Call {@link #addListener}, {@link #start} once, {@link #awaitEnd} if you want to wait, and
 * {@link #close}. Safe for use by many threads. A play has three daemon threads (its clock and
 * events, picture, sound) and, while it renews, a fourth; all end with it.
 */
public interface Play extends AutoCloseable {
  /** Adds a listener; add before {@link #start} to miss nothing. */
  void addListener(PlayListener listener);

  /** Removes a listener; an event on its way may still arrive. */
  void removeListener(PlayListener listener);

  /**
   * Begins to play and returns at once. Whatever fails later is in the last event and the report.
   *
   * @throws IllegalStateException if it was called before
   */
  void start();

  /**
   * Waits for the end of the play and for its last event to be delivered; after {@link #close} for
   * neither.
   *
   * @return the final report; its {@code error} says whether the play failed
   * @throws IllegalStateException if the play was not started, or if a listener calls this
   */
  PlayReport awaitEnd() throws InterruptedException;

  /**
   * As {@link #awaitEnd()}, for so long at most.
   *
   * @return empty if the play still goes on
   */
  Optional<PlayReport> awaitEnd(Duration atMost) throws InterruptedException;

  /** The figures so far; the final ones once it is over. */
  PlayReport report();

  /** What a viewer would see now. */
  PlayBuffer.State state();

  /** Where the viewer is, from the title's start. */
  Duration position();

  /** The node that sent the last segment; empty before the first. */
  Optional<String> currentNode();

  /**
   * Keeps {@link #position()} as the account's bookmark. Blocks for one call of the API.
   *
   * @throws PlayException if the service did not take it
   * @throws IllegalStateException if the service has not granted the play yet
   */
  void savePosition();

  /**
   * Ends the play, in whatever state it is, and returns at once. Requests on their way end by
   * themselves within their deadlines. Closing twice does nothing.
   */
  @Override
  void close();
}
