package io.tributary.steering.nearness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of the operator's, and a copy of it as it was when it was last whole: a file that is half
 * written, broken or gone changes nothing, over restarts too. For one thread.
 */
final class LastGoodFile {
  private final Path file;
  private final Path copy;

  /** As it was when it was last taken; null while it is not there. */
  private @Nullable Stamp seen;

  private boolean isTried;

  /**
   * Follows a file.
   *
   * @param copies the folder of this process alone for copies
   */
  LastGoodFile(Path file, Path copies) {
    this.file = file;
    CRC32 path = new CRC32();
    path.update(file.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    this.copy =
        copies.resolve(
            HexFormat.of().toHexDigits((int) path.getValue()) + "-" + file.getFileName());
  }

  /** Says whether content is whole. */
  interface Trial {
    /**
     * Looks through the content.
     *
     * @return what is wrong; empty if nothing is
     * @throws IOException if it cannot be read
     */
    Optional<String> problem(InputStream content) throws IOException;
  }

  private record Stamp(long bytes, long modifiedMillis, @Nullable Object key) {}

  /** Whether it is another one than at the last call of {@link #take}. */
  boolean hasChanged() {
    return !isTried || !Objects.equals(seen, stamp());
  }

  /**
   * Takes the file if it is whole.
   *
   * @return what is wrong with it; empty if it was taken
   */
  Optional<String> take(Trial trial) {
    isTried = true;
    seen = stamp();
    try {
      Files.createDirectories(copy.getParent());
      Path next = copy.resolveSibling(copy.getFileName() + ".next");
      // What is tried must be what is kept, so the copy is made first.
      Files.copy(file, next, StandardCopyOption.REPLACE_EXISTING);
      Optional<String> problem;
      try (InputStream content = Files.newInputStream(next)) {
        problem = trial.problem(content);
      }
      if (problem.isEmpty()) {
        Files.move(next, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(next);
      }
      return problem;
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e);
    }
  }

  /** As it was when it was last whole; empty if it never was. */
  Optional<Path> lastGood() {
    return Files.exists(copy) ? Optional.of(copy) : Optional.empty();
  }

  private @Nullable Stamp stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.size(), now.lastModifiedTime().toMillis(), now.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
