package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The packages on their way: verified files that nobody is served yet. */
final class IncomingPackages {
  private final StoreLayout layout;
  private final Disk disk;

  IncomingPackages(StoreLayout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  List<PackageRef> begun() throws DiskFailedException {
    try {
      return layout.begun();
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
  }

  /** Of all packages but this one; what cannot be listed holds up no fill. */
  long bytesBeside(PackageRef ref) {
    try {
      return layout.bytesBegunBeside(ref);
    } catch (IOException e) {
      return 0;
    }
  }

  Optional<byte[]> manifest(PackageRef ref, String sha256) {
    try {
      return PackageManifests.bytes(StoreLayout.manifestOf(layout.fillingOf(ref)))
          .filter(bytes -> Sha256.of(bytes).equals(sha256));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isFilled(PackageRef ref, PackageFile file) {
    Path path = layout.fillingOf(ref).resolve(file.path());
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return FileDigest.of(channel, file.bytes(), Pace.UNHINDERED).equals(file.sha256());
    } catch (IOException e) {
      return false;
    }
  }

  IncomingFile fill(PackageRef ref, PackageFile file) throws DiskFailedException {
    return new IncomingFile(disk, layout.fillingOf(ref).resolve(file.path()), file, () -> {});
  }
}
