package io.tributary.client;

/** Hears what happens in a play, one event at a time and in order, on the play's own thread. */
@FunctionalInterface
public interface PlayListener {
  /**
   * Something happened. A listener may call any method of the play but {@link Play#awaitEnd()}. A
   * slow one delays other events, and in the end the fetching; one that throws goes to the thread's
   * uncaught-exception handler, and the play goes on.
   */
  void onEvent(PlayEvent event);
}
