package io.tributary.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A range of a file's bytes; ends with the range. For one thread. */
final class FileSlice extends InputStream {
  private final FileChannel channel;
  private long left;

  private FileSlice(Path file, long offset, long bytes) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ).position(offset);
    this.left = bytes;
  }

  /**
   * Opens a range of a file.
   *
   * @throws AdminException if it cannot be read
   */
  static InputStream open(Path file, long offset, long bytes) {
    try {
      return new FileSlice(file, offset, bytes);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static AdminException unreadable(Path file, IOException e) {
    return AdminConnection.notUnderstood(file + " cannot be read: " + AdminConnection.words(e), e);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, left)));
    if (read > 0) {
      left -= read;
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
