package io.tributary.client.buffer;

/** Whether the buffer drains. */
public enum Pacing {
  /** As a viewer's does: one second of media a second. */
  REAL_TIME,
  /** What is fetched counts as played at once: nothing ever waits for a viewer. */
  NONE
}
