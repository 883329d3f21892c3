package io.tributary.steering.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the newest snapshot in a directory of this process alone, so that steering restarts useful
 * with Kafka down. The file is a line {@code tributary-steering-snapshot FORMAT SHA256} and then
 * JSON. It is replaced whole: written beside, forced to disk, renamed; a crash at any instant
 * leaves the old one or the new one. For one thread.
 */
final class SnapshotStore {
  static final String FILE_NAME = "snapshot.json";

  /** The last file that could not be read, kept for whoever wants to know why. */
  static final String SET_ASIDE_NAME = "snapshot.unreadable";

  private static final String MAGIC = "tributary-steering-snapshot";
  private static final int FORMAT = 1;

  /** A file beyond it is not one of ours; a snapshot of a million holdings stays below it. */
  private static final long MAX_BYTES = 256L * 1024 * 1024;

  private final Path directory;
  private final JsonMapper json;

  SnapshotStore(Path directory, JsonMapper json) {
    this.directory = directory;
    this.json = json;
  }

  /** What was found at the start. */
  sealed interface Found {
    /** A whole snapshot. */
    record Whole(SnapshotImage image) implements Found {}

    /** None was ever saved here. */
    record Nothing() implements Found {}

    /**
     * A file that cannot be trusted; it was moved to {@value SnapshotStore#SET_ASIDE_NAME} where
     * that was possible.
     */
    record Unreadable(String reason) implements Found {}
  }

  /** Reads the saved snapshot; never throws for anything that lies on the disk. */
  Found load() {
    Path file = directory.resolve(FILE_NAME);
    String wrong;
    try {
      if (Files.size(file) > MAX_BYTES) {
        wrong = "size is " + Files.size(file) + " (expected: at most " + MAX_BYTES + ")";
      } else {
        byte[] bytes = Files.readAllBytes(file);
        int endOfLine = endOfLine(bytes);
        wrong = endOfLine < 0 ? "first line is missing" : wrongHeader(bytes, endOfLine);
        if (wrong == null) {
          return new Found.Whole(
              json.readValue(
                  bytes, endOfLine + 1, bytes.length - endOfLine - 1, SnapshotImage.class));
        }
      }
    } catch (NoSuchFileException e) {
      return new Found.Nothing();
    } catch (IOException e) {
      wrong = "not readable: " + e;
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      wrong = "content is no snapshot: " + e.getMessage();
    }
    return new Found.Unreadable(wrong + setAside(file));
  }

  /**
   * Replaces the saved snapshot.
   *
   * @throws IOException if the disk refuses; the snapshot saved before is still whole
   */
  void save(SnapshotImage image) throws IOException {
    byte[] body = json.writeValueAsBytes(image);
    byte[] header =
        (MAGIC + " " + FORMAT + " " + sha256(body, 0, body.length) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    Files.createDirectories(directory);
    Path next = directory.resolve(FILE_NAME + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(channel, header);
      writeAll(channel, body);
      channel.force(true);
    }
    Files.move(
        next,
        directory.resolve(FILE_NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true); // the rename itself
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static @Nullable String wrongHeader(byte[] bytes, int endOfLine) {
    String[] words = new String(bytes, 0, endOfLine, StandardCharsets.US_ASCII).split(" ", -1);
    if (words.length != 3 || !words[0].equals(MAGIC)) {
      return "first line is not " + MAGIC + " FORMAT SHA256";
    }
    if (!words[1].equals(String.valueOf(FORMAT))) {
      return "format is " + words[1] + " (expected: " + FORMAT + ")";
    }
    String found = sha256(bytes, endOfLine + 1, bytes.length - endOfLine - 1);
    return found.equals(words[2]) ? null : "SHA-256 is " + found + " (expected: " + words[2] + ")";
  }

  private static int endOfLine(byte[] bytes) {
    int end = Math.min(bytes.length, 200);
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String setAside(Path file) {
    Path aside = directory.resolve(SET_ASIDE_NAME);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return "; moved to " + aside;
    } catch (IOException e) {
      return "; it could not be moved away: " + e;
    }
  }

  private static String sha256(byte[] bytes, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
