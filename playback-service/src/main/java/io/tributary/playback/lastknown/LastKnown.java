package io.tributary.playback.lastknown;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tributary.playback.store.StoreAwayException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Things of one kind as the store knows them, or as it knew them last. While the store answers, its
 * answer is right for {@code freshFor} and is copied to this machine's disk; while it is away, that
 * copy answers and says that it is stale. A restart loses nothing of it.
 *
 * <p>Safe for use by many threads.
 */
public final class LastKnown<V> {
  private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

  /** Entries in memory; a title or an account is some hundred bytes. */
  private static final int MAX_FRESH = 20_000;

  private final Class<V> type;
  private final LastKnownFiles files;
  private final JsonMapper json;
  private final Cache<String, V> fresh;

  /** All that the disk holds, read at most once in {@code freshFor}; one entry. */
  private final Cache<String, List<V>> everything;

  /**
   * Remembers things of one type.
   *
   * @param freshFor how long an answer of the store is used before it is asked again
   */
  public LastKnown(
      Class<V> type, LastKnownFiles files, JsonMapper json, Duration freshFor, Ticker ticker) {
    this.type = type;
    this.files = files;
    this.json = json;
    this.fresh =
        Caffeine.newBuilder()
            .maximumSize(MAX_FRESH)
            .expireAfterWrite(freshFor)
            .ticker(ticker)
            .build();
    this.everything =
        Caffeine.newBuilder().maximumSize(1).expireAfterWrite(freshFor).ticker(ticker).build();
  }

  /**
   * What is known of a thing.
   *
   * @param store asks the store; may throw {@link StoreAwayException}
   */
  public Recall<V> recall(String key, Supplier<Optional<V>> store) {
    V recent = fresh.getIfPresent(key);
    if (recent != null) {
      return new Recall.Known<>(recent, false);
    }
    try {
      Optional<V> found = store.get();
      found.ifPresentOrElse(value -> saw(key, value), () -> forget(key));
      return found
          .<Recall<V>>map(value -> new Recall.Known<>(value, false))
          .orElseGet(Recall.Absent::new);
    } catch (StoreAwayException _) {
      return lastKnown(key)
          .<Recall<V>>map(value -> new Recall.Known<>(value, true))
          .orElseGet(Recall.Unknown::new);
    }
  }

  private Optional<V> lastKnown(String key) {
    try {
      return files.get(key).map(bytes -> json.readValue(bytes, type));
    } catch (JacksonException unreadable) {
      LOG.warn("key={} event=last-known-unreadable cause=\"{}\"", key, unreadable.getMessage());
      files.remove(key);
      return Optional.empty();
    }
  }

  /**
   * Everything that was last seen, in no order, without asking anybody; at most as many as the disk
   * keeps.
   */
  public List<V> lastKnown() {
    return everything.get(
        "", _ -> files.all().stream().flatMap(bytes -> read(bytes).stream()).toList());
  }

  private Optional<V> read(byte[] bytes) {
    try {
      return Optional.of(json.readValue(bytes, type));
    } catch (JacksonException unreadable) {
      LOG.warn("event=last-known-unreadable cause=\"{}\"", unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** The thing is now this. */
  public void saw(String key, V value) {
    if (value.equals(fresh.getIfPresent(key))) {
      return;
    }
    fresh.put(key, value);
    byte[] bytes = json.writeValueAsBytes(value);
    if (files.get(key).filter(before -> Arrays.equals(before, bytes)).isPresent()) {
      files.touch(key);
    } else {
      files.put(key, bytes);
    }
  }

  /** The thing is no more. */
  public void forget(String key) {
    fresh.invalidate(key);
    if (files.has(key)) {
      files.remove(key);
    }
  }
}
