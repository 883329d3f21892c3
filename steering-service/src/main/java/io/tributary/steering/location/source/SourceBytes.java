package io.tributary.steering.location.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The bytes of a source, unpacked if it is packed by gzip, and only so many. */
final class SourceBytes extends FilterInputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int GZIP_MAGIC = 0x1F8B;

  private final long maxBytes;
  private long read;

  private SourceBytes(InputStream bytes, long maxBytes) {
    super(bytes);
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a source.
   *
   * @param maxBytes after unpacking; there reading fails, since a small packed file can be endless
   */
  static InputStream open(InputStream source, long maxBytes) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(source, BUFFER_BYTES);
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    InputStream bytes = magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
    return new BufferedInputStream(new SourceBytes(bytes, maxBytes), BUFFER_BYTES);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    read += Math.max(0, count);
    if (read > maxBytes) {
      throw new IOException("source is longer than " + maxBytes + " bytes");
    }
    return count;
  }

  /** By reading, so that skipped bytes count. */
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(0, count), BUFFER_BYTES)];
    return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
