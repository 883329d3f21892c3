package io.tributary.controlplane.doors;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A request's body as gzip (RFC 1952), read whole: what it inflates to is bounded, and so is what
 * is read for it, since gzip can also go on for ever and say nothing. Safe for use by many threads.
 */
sealed interface CompressedBody {
  /** All that it says. */
  record Inflated(InputStream bytes, int length) implements CompressedBody {}

  /** More than is taken, inflated or not. */
  record TooLarge() implements CompressedBody {}

  /**
   * No gzip, or not all of it.
   *
   * @param reason for people
   */
  record Broken(String reason) implements CompressedBody {}

  /**
   * Reads one.
   *
   * @param maxBytes at most, compressed and inflated alike
   * @throws IOException if the body could not be read
   */
  static CompressedBody read(InputStream in, int maxBytes) throws IOException {
    Bounded bounded = new Bounded(in, maxBytes);
    try (GZIPInputStream gzip = new FewMembers(bounded)) {
      byte[] bytes = gzip.readNBytes(maxBytes + 1);
      return bytes.length > maxBytes
          ? new TooLarge()
          : new Inflated(new ByteArrayInputStream(bytes), bytes.length);
    } catch (ZipException | EOFException e) {
      return bounded.isOver() ? new TooLarge() : new Broken("it is no whole gzip");
    }
  }

  /**
   * A gzip may have many members, of which nodes send one. The JDK's reader calls itself for each
   * empty one, and its stack would end before our bound on bytes does.
   */
  final class FewMembers extends GZIPInputStream {
    private static final int MOST_EMPTY_IN_A_ROW = 16;

    private int reads;

    private FewMembers(InputStream in) throws IOException {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (reads > MOST_EMPTY_IN_A_ROW) {
        throw new ZipException("too many empty members");
      }
      reads++;
      try {
        return super.read(bytes, from, length);
      } finally {
        reads--;
      }
    }
  }

  /** Ends after so many bytes, as if there were no more. */
  final class Bounded extends FilterInputStream {
    private int left;
    private boolean isOver;

    private Bounded(InputStream in, int maxBytes) {
      super(in);
      this.left = maxBytes;
    }

    private boolean isOver() {
      return isOver;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        isOver = super.read() >= 0;
        return -1;
      }
      int count = super.read(bytes, from, Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
