package io.tributary.steering.snapshot;

import io.tributary.contracts.steering.SnapshotView.SetAsideRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that could not be read: how many since the start, and the newest with their reasons.
 * Safe for use by many threads.
 */
public final class SetAsideRecords {
  /** Enough to see what is wrong; all of one bad writer's look alike. */
  private static final int KEPT = 20;

  /** Of a key or reason: neither is ours, so neither may be of any length. */
  private static final int MAX_CHARACTERS = 200;

  private final Deque<SetAsideRecord> newest = new ArrayDeque<>();
  private long count;

  /** How many since the start. */
  public synchronized long count() {
    return count;
  }

  /** The newest, oldest first; at most 20. */
  public synchronized List<SetAsideRecord> newest() {
    return List.copyOf(newest);
  }

  /** Notes a record that could not be read, with its topic, key and the reason. */
  public synchronized void add(String where, @Nullable String key, String reason) {
    count++;
    if (newest.size() == KEPT) {
      newest.removeFirst();
    }
    newest.addLast(new SetAsideRecord(where, key == null ? null : cut(key), cut(reason)));
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
  }
}
