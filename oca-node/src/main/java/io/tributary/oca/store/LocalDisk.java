package io.tributary.oca.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The disk of this machine. Safe for use by many threads on different files. */
public final class LocalDisk implements Disk {
  @Override
  public WritableByteChannel create(Path file) throws IOException {
    Files.createDirectories(parent(file));
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  @Override
  public void commit(Path written, Path name) throws IOException {
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.createDirectories(parent(name));
    Files.move(written, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent(name));
  }

  @Override
  public void move(Path directory, Path name) throws IOException {
    Files.createDirectories(parent(name));
    sync(directory);
    Files.move(directory, name, StandardCopyOption.ATOMIC_MOVE);
    sync(parent(name));
    // The directory that bears the title may be new as well.
    sync(parent(parent(name)));
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (UncheckedIOException e) {
      // So does a listing end that fails after its first entries.
      throw e.getCause();
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("path is " + path + " (expected: below a directory)");
    }
    return parent;
  }
}
