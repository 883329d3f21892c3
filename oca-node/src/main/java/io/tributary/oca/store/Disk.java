package io.tributary.oca.store;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The one way to put bytes on disk, and to see what is there. A port, so that tests can make a disk
 * full, read-only or broken at any byte.
 */
public interface Disk {
  /** A new, empty file, with its directories; truncated if it is there. */
  WritableByteChannel create(Path file) throws IOException;

  /**
   * Makes a written file last under its name: its bytes are synced, it is renamed over whatever
   * bears that name, and the directory is synced.
   */
  void commit(Path written, Path name) throws IOException;

  /** Moves a whole directory, on the same file system, and makes the move last. */
  void move(Path directory, Path name) throws IOException;

  /** What is in a directory, sorted; nothing if there is none. */
  List<Path> list(Path directory) throws IOException;
}
