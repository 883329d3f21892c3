package io.tributary.oca.heartbeat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON file that is either as it was or as it is now, never half; readable by its owner alone,
 * since one of them holds this node's key.
 *
 * @param <T> what it holds
 */
final class StateFile<T> {
  private static final Logger log = LoggerFactory.getLogger(StateFile.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final Class<T> type;
  private final JsonMapper json;

  StateFile(Path directory, String name, Class<T> type, JsonMapper json) {
    this.file = directory.resolve(name);
    this.type = type;
    this.json = json;
  }

  /** What it holds; empty when it is missing, or unreadable, which is told in the log. */
  Optional<T> read() {
    try {
      return Optional.ofNullable(json.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      // Not the message: it may quote what it read.
      log.warn("state={} unreadable reason={}", file, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  void write(T value) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("state file is " + file + " (expected: below a directory)");
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(value));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel synced = FileChannel.open(directory, StandardOpenOption.READ)) {
      synced.force(true);
    }
  }

  /** It is no longer needed; one that stays does no harm. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("state={} unremoved reason=\"{}\"", file, e.toString());
    }
  }

  /** Writes, and says in the log if that failed: what is known in memory goes on being obeyed. */
  void keep(T value) {
    try {
      write(value);
    } catch (IOException e) {
      log.warn("state={} unwritten reason=\"{}\"", file, e.toString());
    }
  }
}
