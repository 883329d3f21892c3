package io.tributary.oca.store;

import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where everything lies below the store's directory, and how it leaves it.
 *
 * <pre>
 * packages/TITLE/VERSION/manifest.json, …   held
 * filling/TITLE/VERSION/…                   verified files of packages that are not whole yet
 * filling/…/NAME.part                       bytes on their way, worth nothing after a crash
 * deleted/…                                 on its way out
 * </pre>
 */
final class StoreLayout {
  private static final String PART = ".part";

  private final Disk disk;
  private final InstantSource clock;
  private final Path packages;
  private final Path filling;
  private final Path deleted;
  private final AtomicLong deletions = new AtomicLong();

  StoreLayout(Path directory, Disk disk, InstantSource clock) {
    this.disk = disk;
    this.clock = clock;
    this.packages = directory.resolve("packages");
    this.filling = directory.resolve("filling");
    this.deleted = directory.resolve("deleted");
  }

  /** Makes what is not there, and removes what a crash left behind. */
  void prepare() throws IOException {
    Files.createDirectories(packages);
    Files.createDirectories(filling);
    deleteTree(deleted);
    deleteParts(filling);
    deleteParts(packages);
  }

  /** Of all packages. */
  Path packages() {
    return packages;
  }

  /** Of a held package. */
  Path packageOf(PackageRef ref) {
    return packages.resolve(ref.titleId()).resolve(ref.packageVersion());
  }

  /** Of a package on its way. */
  Path fillingOf(PackageRef ref) {
    return filling.resolve(ref.titleId()).resolve(ref.packageVersion());
  }

  /** In a package's directory. */
  static Path manifestOf(Path directory) {
    return directory.resolve(PackageManifest.FILE_NAME);
  }

  /** Where a file's bytes go before they have its name. */
  static Path part(Path name) {
    return name.resolveSibling(name.getFileName() + PART);
  }

  /** The directories of held packages, whatever their names. */
  List<Path> packageDirectories() throws IOException {
    return versions(packages);
  }

  /** Packages on their way. */
  List<PackageRef> begun() throws IOException {
    return versions(filling).stream().flatMap(version -> ref(version).stream()).toList();
  }

  /** On disk of packages on their way, but of this one. */
  long bytesBegunBeside(PackageRef ref) throws IOException {
    long bytes = 0;
    for (Path version : versions(filling)) {
      if (!version.equals(fillingOf(ref))) {
        bytes += bytesOf(version);
      }
    }
    return bytes;
  }

  private static long bytesOf(Path tree) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /** The package whose directory it is; empty if its name is no package's. */
  static Optional<PackageRef> ref(Path version) {
    int last = version.getNameCount() - 1;
    try {
      return Optional.of(
          new PackageRef(version.getName(last - 1).toString(), version.getName(last).toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes a directory away in one step, and then apart. */
  void moveAway(Path tree) throws IOException {
    if (Files.exists(tree)) {
      Path away =
          deleted.resolve(
              tree.getFileName() + "-" + clock.millis() + "-" + deletions.incrementAndGet());
      Files.createDirectories(deleted);
      Files.move(tree, away);
      deleteTree(away);
    }
  }

  private List<Path> versions(Path root) throws IOException {
    List<Path> versions = new ArrayList<>();
    for (Path title : disk.list(root)) {
      versions.addAll(disk.list(title));
    }
    return versions;
  }

  private static void deleteParts(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(PART)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
