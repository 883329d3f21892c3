package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file on its way to disk. Its size and hash are checked while it comes; only when they are right
 * does it get its name. Closed without {@link #complete()}, it leaves nothing.
 *
 * <p>For one thread.
 */
public final class IncomingFile implements AutoCloseable {
  private final Disk disk;
  private final Path part;
  private final Path name;
  private final PackageFile expected;
  private final Runnable whenComplete;
  private final WritableByteChannel out;
  private final MessageDigest digest = Sha256.digest();
  private long written;
  private boolean isComplete;

  /** The bytes that came are not the file's. */
  public static final class WrongBytesException extends Exception {
    private static final long serialVersionUID = 1;

    WrongBytesException(String message) {
      super(message);
    }
  }

  IncomingFile(Disk disk, Path name, PackageFile expected, Runnable whenComplete)
      throws DiskFailedException {
    this.disk = disk;
    this.part = StoreLayout.part(name);
    this.name = name;
    this.expected = expected;
    this.whenComplete = whenComplete;
    try {
      this.out = disk.create(part);
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
  }

  /** Takes the next bytes, at most as many as are missing. */
  public void write(byte[] bytes, int offset, int length)
      throws DiskFailedException, WrongBytesException {
    written += length;
    if (written > expected.bytes()) {
      throw new WrongBytesException(
          "more than " + expected.bytes() + " bytes came (expected: that many)");
    }
    digest.update(bytes, offset, length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
  }

  /** All bytes have come: they are checked, synced and named. */
  public void complete() throws DiskFailedException, WrongBytesException {
    if (written != expected.bytes()) {
      throw new WrongBytesException(written + " bytes came (expected: " + expected.bytes() + ")");
    }
    String found = Sha256.hex(digest);
    if (!found.equals(expected.sha256())) {
      throw new WrongBytesException(
          "sha256 is " + found + " (expected: " + expected.sha256() + ")");
    }
    try {
      out.close();
      disk.commit(part, name);
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
    isComplete = true;
    whenComplete.run();
  }

  @Override
  public void close() {
    if (isComplete) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      // The file is given up; the next start removes what the disk does not let go of now.
    } finally {
      deletePart();
    }
  }

  private void deletePart() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // See close().
    }
  }
}
