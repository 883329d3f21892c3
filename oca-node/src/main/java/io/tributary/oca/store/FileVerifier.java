package io.tributary.oca.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads held files, and drops and tells of those whose bytes are not the package's.
 *
 * <p>Safe for use by many threads.
 */
final class FileVerifier {
  private static final Logger log = LoggerFactory.getLogger(FileVerifier.class);

  private final PackageIndex index;
  private final InstantSource clock;
  private final List<Consumer<Corruption>> listeners = new CopyOnWriteArrayList<>();

  FileVerifier(PackageIndex index, InstantSource clock) {
    this.index = index;
    this.clock = clock;
  }

  void onCorruption(Consumer<Corruption> listener) {
    listeners.add(listener);
  }

  Reading verify(StoredFile file, String foundBy, Pace pace) {
    String found;
    try (FileChannel channel = FileChannel.open(file.location(), StandardOpenOption.READ)) {
      found = digest(channel, file, pace);
    } catch (NoSuchFileException e) {
      found = "no file";
    } catch (IOException e) {
      // Too many open files, or a thread being stopped: the bytes may be as good as ever.
      log.warn("file=unread file={} reason=\"{}\"", file, e.toString());
      return Reading.NOT_READ;
    }
    if (found.equals(file.sha256())) {
      file.verified(clock.instant());
      return Reading.RIGHT;
    }
    drop(file, foundBy, found);
    return Reading.DROPPED;
  }

  private static String digest(FileChannel channel, StoredFile file, Pace pace)
      throws ClosedChannelException {
    try {
      return FileDigest.of(channel, file.bytes(), pace);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return e.toString();
    }
  }

  void drop(StoredFile file, String foundBy, String found) {
    boolean isDropped = index.find(file.ref()).filter(held -> held.drop(file)).isPresent();
    if (!isDropped) {
      return;
    }
    log.warn(
        "corruption=found title={} package={} file={} foundBy={} expected={} found=\"{}\"",
        file.ref().titleId(),
        file.ref().packageVersion(),
        file.path(),
        foundBy,
        file.sha256(),
        found);
    Corruption corruption = new Corruption(file.ref(), file.path(), foundBy, clock.instant());
    listeners.forEach(listener -> listener.accept(corruption));
  }
}
