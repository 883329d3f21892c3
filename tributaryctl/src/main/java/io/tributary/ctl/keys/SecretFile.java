package io.tributary.ctl.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read, and that appear whole or not at all. */
public final class SecretFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private SecretFile() {}

  /**
   * Writes a file over what is there; makes its folder.
   *
   * @throws IOException if it cannot be written; what was there is then still there
   */
  public static void write(Path file, String text) throws IOException {
    makeFolderOf(file);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(next, OWNERS_FILE);
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static void makeFolderOf(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""), OWNERS_FOLDER);
  }
}
