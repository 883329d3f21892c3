package io.tributary.playback.lastknown;

/** What is known of something, now or from before. */
public sealed interface Recall<V> {
  /**
   * It is this.
   *
   * @param isStale whether the store could not be asked, and this is what it said last
   */
  record Known<V>(V value, boolean isStale) implements Recall<V> {}

  /** The store says there is no such thing. */
  record Absent<V>() implements Recall<V> {}

  /** The store cannot be asked, and has not been asked about this in a long time. */
  record Unknown<V>() implements Recall<V> {}
}
