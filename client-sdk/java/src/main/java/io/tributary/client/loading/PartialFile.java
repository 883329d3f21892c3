package io.tributary.client.loading;

import io.tributary.client.media.MediaFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What has come of a file so far, perhaps from several nodes in turn. Bytes are hashed as they come
 * and not kept. Not safe for use by many threads.
 */
final class PartialFile {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final MediaFile file;
  private final MessageDigest digest;
  private long received;
  private boolean joined;

  PartialFile(MediaFile file) {
    this.file = file;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      // Every Java and Android platform must have it.
      throw new IllegalStateException(missing);
    }
  }

  /** A node is about to continue at {@link #received()}. */
  void continuing() {
    joined |= received > 0;
  }

  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
    received += length;
  }

  void restart() {
    digest.reset();
    received = 0;
    joined = false;
  }

  long received() {
    return received;
  }

  long remaining() {
    return file.bytes() - received;
  }

  /** Whether more than one answer contributed, so that a wrong hash accuses nobody. */
  boolean isJoined() {
    return joined;
  }

  /**
   * Whether the whole file has the published hash. Ends this partial: restart before further use.
   */
  boolean hasRightHash() {
    byte[] hash = digest.digest();
    StringBuilder hex = new StringBuilder(64);
    for (byte b : hash) {
      hex.append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
    }
    return file.sha256().contentEquals(hex);
  }
}
