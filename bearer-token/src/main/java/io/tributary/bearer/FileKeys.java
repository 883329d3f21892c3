package io.tributary.bearer;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file of this machine: read at start, when they must be there, and again when it has
 * changed. It is looked at once a second at most, by whoever asks for the keys; what cannot be read
 * leaves the last good keys in place.
 */
final class FileKeys implements IssuerKeys {
  private static final System.Logger LOG = System.getLogger(FileKeys.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final InstantSource time;
  private final AtomicReference<Instant> nextLook = new AtomicReference<>(Instant.MIN);
  private volatile List<VerificationKey> keys = List.of();
  private volatile @Nullable Version seen;

  /**
   * Reads the file.
   *
   * @param setting that names the file
   * @throws IllegalArgumentException if it has no keys: whoever starts without any refuses
   *     everybody
   */
  FileKeys(Path file, String setting, InstantSource time) {
    this.file = file;
    this.time = time;
    String trouble = look();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is %s and cannot be used: %s (expected: a readable JWK set with an EC P-256 or RSA key)"
              .formatted(setting, file.toUri(), trouble));
    }
  }

  @Override
  public List<VerificationKey> current() {
    Instant due = nextLook.get();
    Instant now = time.instant();
    if (!now.isBefore(due) && nextLook.compareAndSet(due, now.plus(LOOK_EVERY))) {
      look();
    }
    return keys;
  }

  @Override
  public void missed() {
    // A changed file is seen within a second anyway.
  }

  /** Answers what is wrong with it; empty if nothing is. */
  private String look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Version found =
          new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      if (!found.equals(seen)) {
        // First, so that a file that cannot be read is complained of once, not every second.
        seen = found;
        keys = VerificationKey.parse(Files.readString(file));
        LOG.log(INFO, "jwks={0} keys={1} state=read", file, keys.size());
      }
      return "";
    } catch (IOException unreadable) {
      return complained(unreadable.getClass().getSimpleName());
    } catch (ParseException malformed) {
      // Not its message: it may quote a key.
      return complained("no JWK set with a key for ES256 or RS256");
    }
  }

  private String complained(String trouble) {
    LOG.log(
        WARNING,
        "jwks={0} keys={1} state=unreadable, the last good ones stay: {2}",
        file,
        keys.size(),
        trouble);
    return trouble;
  }

  private record Version(FileTime modified, long bytes, @Nullable Object fileKey) {}
}
