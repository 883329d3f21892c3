package io.tributary.fleet.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by whoever starts or stops processes of a fleet, so that two such words do not race. The
 * kernel lets go of it when its holder dies.
 */
public final class FleetLock implements AutoCloseable {

  private final FileChannel channel;

  private FleetLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else holds the lock.
   *
   * @param file that stands for it; made when missing
   * @param whenWaiting run once, when somebody else holds it
   */
  public static FleetLock take(Path file, Runnable whenWaiting) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock taken = channel.tryLock();
    if (taken == null) {
      whenWaiting.run();
      taken = channel.lock();
    }
    return new FleetLock(channel);
  }

  /** Takes the lock if nobody else holds it now. */
  public static Optional<FleetLock> takeNow(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new FleetLock(channel));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
