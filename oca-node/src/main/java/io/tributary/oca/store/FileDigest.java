package io.tributary.oca.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Reads a file to its end. */
final class FileDigest {
  private static final int PIECE_BYTES = 256 << 10;

  private FileDigest() {}

  /**
   * SHA-256 of the file in lower-case hexadecimal, or a text that is none if its size is another.
   */
  static String of(FileChannel channel, long expectedBytes, Pace pace) throws IOException {
    long size = channel.size();
    if (size != expectedBytes) {
      return size + " bytes";
    }
    MessageDigest digest = Sha256.digest();
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, Math.max(1, size)));
    long position = 0;
    while (position < size) {
      piece.clear();
      int read = channel.read(piece, position);
      if (read < 0) {
        return position + " bytes";
      }
      digest.update(piece.array(), 0, read);
      position += read;
      pace.read(read);
    }
    return Sha256.hex(digest);
  }
}
