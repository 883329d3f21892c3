package io.tributary.controlplane.events;

import io.tributary.contracts.event.Topics.Topic;

/**
 * Where the control plane says what happened. Never throws and never waits long: whoever must not
 * lose an event compares what should be said with what was, and says it again (see {@link
 * StateTable}). Safe for use by many threads.
 */
public interface EventLog {
  /**
   * Says something.
   *
   * @param key as the topic asks
   * @param type the data's {@code TYPE}
   * @param data what happened
   */
  void publish(Topic topic, String key, String type, Object data);

  /** Ends a key of a state topic. */
  void end(Topic topic, String key);
}
