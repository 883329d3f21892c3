package io.tributary.controlplane.events;

import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.Topics.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A state topic's last values in memory, as far as they were read. One writer, many readers; as
 * large as the topic's keys are many.
 *
 * @param <T> what the topic's events hold
 */
public final class StateTable<T> {
  private final Topic topic;
  private final Class<T> type;
  private final ConcurrentHashMap<String, Stated<T>> values = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<Stated<T>>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean isComplete;

  public StateTable(Topic topic, Class<T> type) {
    this.topic = topic;
    this.type = type;
  }

  /** Whose values these are. */
  public Topic topic() {
    return topic;
  }

  /** What its events hold. */
  public Class<T> type() {
    return type;
  }

  /** Calls {@code listener} with every value that is set, on the writer's thread. */
  public void whenSet(Consumer<Stated<T>> listener) {
    listeners.add(listener);
  }

  /** Takes in a record: null ends its key. */
  public void accept(String key, @Nullable Event<T> event) {
    if (event == null) {
      values.remove(key);
      return;
    }
    Stated<T> stated = new Stated<>(event.time(), event.data());
    values.put(key, stated);
    listeners.forEach(listener -> listener.accept(stated));
  }

  /** Says that everything written before the reader started has been read. */
  public void complete() {
    isComplete = true;
  }

  /** Whether what was there at the start has been read. */
  public boolean isComplete() {
    return isComplete;
  }

  /** The last value of a key. */
  public Optional<Stated<T>> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All last values by key: a live view, not to be changed. */
  public Map<String, Stated<T>> all() {
    return values;
  }

  /**
   * A value and when it was said.
   *
   * @param at the event's time
   * @param data what was said
   */
  public record Stated<T>(Instant at, T data) {}
}
