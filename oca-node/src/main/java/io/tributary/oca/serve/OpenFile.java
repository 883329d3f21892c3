package io.tributary.oca.serve;

import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file, shared by the answers that send it. It is closed when the last of them, and the
 * cache of open files, have let go of it; so a client that goes away in mid-answer leaks nothing.
 *
 * <p>Safe for use by many threads.
 */
final class OpenFile {
  private final FileChannel channel;
  private final AtomicInteger holders = new AtomicInteger(1);

  OpenFile(FileChannel channel) {
    this.channel = channel;
  }

  /** False if it is closed already. */
  boolean hold() {
    while (true) {
      int now = holders.get();
      if (now == 0) {
        return false;
      }
      if (holders.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  void letGo() {
    if (holders.decrementAndGet() == 0) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean isClosed() {
    return !channel.isOpen();
  }

  /** A region for sendfile. It takes over the caller's hold and lets go when it is released. */
  Region region(long position, long count) {
    return new Region(position, count);
  }

  /** Part of the file on its way to a client. */
  final class Region extends DefaultFileRegion {
    private Region(long position, long count) {
      super(channel, position, count);
    }

    @Override
    protected void deallocate() {
      // Not super's: that would close the file under the others.
      letGo();
    }
  }
}
