package io.tributary.playback.lastknown;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files in a folder, one an entry, bounded by number and age; the file's time is when the
 * entry was last seen. A file is replaced by renaming, so it is whole or not there.
 *
 * <p>A copy of what the store holds: what cannot be written or read is as if it had not been, and
 * one log line says so until it works again. Safe for use by many threads.
 */
public final class LastKnownFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LastKnownFiles.class);

  /** A thing that is seen all the time is touched so often. */
  private static final Duration TOUCH_EVERY = Duration.ofHours(1);

  private final Path folder;
  private final int maxEntries;
  private final Duration maxAge;
  private final InstantSource time;
  private final Map<String, Instant> lastSeen = new ConcurrentHashMap<>();
  private final AtomicBoolean isFailing = new AtomicBoolean();

  /**
   * Opens the folder, makes it where it is missing, and forgets what is too old.
   *
   * @param maxEntries beyond it the entries not seen longest go
   */
  public LastKnownFiles(Path folder, int maxEntries, Duration maxAge, InstantSource time) {
    this.folder = folder;
    this.maxEntries = maxEntries;
    this.maxAge = maxAge;
    this.time = time;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith(".part")) {
            Files.deleteIfExists(file);
          } else {
            lastSeen.put(name, Files.getLastModifiedTime(file).toInstant());
          }
        }
      }
      prune();
    } catch (IOException failure) {
      note(failure);
    }
  }

  /** Remembers an entry, in place of what was known of it. */
  public void put(String key, byte[] bytes) {
    String name = name(key);
    Path part = folder.resolve(name + "-" + Thread.currentThread().threadId() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      lastSeen.put(name, time.instant());
      if (lastSeen.size() > maxEntries) {
        prune();
      }
      isFailing.set(false);
    } catch (IOException failure) {
      note(failure);
    }
  }

  /** Notes that an entry was seen again, unchanged. */
  public void touch(String key) {
    String name = name(key);
    Instant now = time.instant();
    Instant seen = lastSeen.get(name);
    if (seen != null && seen.plus(TOUCH_EVERY).isBefore(now)) {
      lastSeen.put(name, now);
      try {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(now));
      } catch (IOException failure) {
        note(failure);
      }
    }
  }

  /** What was last known of an entry. */
  public Optional<byte[]> get(String key) {
    return read(name(key));
  }

  /** What was last known of every entry, in no order. */
  public List<byte[]> all() {
    return lastSeen.keySet().stream().flatMap(name -> read(name).stream()).toList();
  }

  private Optional<byte[]> read(String name) {
    Instant seen = lastSeen.get(name);
    if (seen == null || seen.plus(maxAge).isBefore(time.instant())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failure) {
      note(failure);
      return Optional.empty();
    }
  }

  /** Whether something is known of an entry. */
  public boolean has(String key) {
    return lastSeen.containsKey(name(key));
  }

  /** Forgets an entry. */
  public void remove(String key) {
    String name = name(key);
    lastSeen.remove(name);
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException failure) {
      note(failure);
    }
  }

  /** Forgets what is too old and, when full, a tenth at once, so that this is rare. */
  private void prune() throws IOException {
    Instant oldest = time.instant().minus(maxAge);
    int tooMany = lastSeen.size() <= maxEntries ? 0 : lastSeen.size() - maxEntries * 9 / 10;
    List<Map.Entry<String, Instant>> byAge =
        lastSeen.entrySet().stream()
            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
            .sorted(Map.Entry.comparingByValue())
            .toList();
    for (int i = 0; i < byAge.size(); i++) {
      Map.Entry<String, Instant> entry = byAge.get(i);
      if (i >= tooMany && entry.getValue().isAfter(oldest)) {
        break;
      }
      lastSeen.remove(entry.getKey());
      Files.deleteIfExists(folder.resolve(entry.getKey()));
    }
  }

  /** Keys come from outside; a hash is a safe file name of bounded length. */
  private static String name(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void note(Exception failure) {
    if (isFailing.compareAndSet(false, true)) {
      LOG.warn("folder={} event=last-known-not-kept cause=\"{}\"", folder, failure.toString());
    }
  }
}
