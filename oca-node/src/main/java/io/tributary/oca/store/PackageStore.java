package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of this node. A package is held when all its files and its manifest were verified,
 * synced and moved to their place in one rename; nothing else is ever in the index, and nothing
 * outside the index is ever served.
 *
 * <p>Safe for use by many threads, as long as one package is filled, repaired and deleted by one
 * thread at a time.
 */
public final class PackageStore {
  private static final Logger log = LoggerFactory.getLogger(PackageStore.class);

  private final long maxBytes;
  private final Disk disk;
  private final PackageManifests manifests;
  private final InstantSource clock;
  private final StoreLayout layout;
  private final PackageIndex index = new PackageIndex();
  private final FileVerifier verifier;
  private final IncomingPackages incoming;

  public PackageStore(
      StoreConfig config, Disk disk, PackageManifests manifests, InstantSource clock) {
    this.maxBytes = config.maxBytes();
    this.disk = disk;
    this.manifests = manifests;
    this.clock = clock;
    this.layout = new StoreLayout(config.directory(), disk, clock);
    this.verifier = new FileVerifier(index, clock);
    this.incoming = new IncomingPackages(layout, disk);
  }

  /**
   * Builds the index anew from what is on disk: manifests are read, sizes are checked, and what a
   * crash left over is removed. Hashes are for the scrub. A disk that cannot be written to is no
   * obstacle to serving what it holds.
   *
   * @throws IOException if the disk cannot even be read
   */
  public void open() throws IOException {
    index.clear();
    try {
      layout.prepare();
    } catch (IOException e) {
      log.warn("store=leftovers kept reason=\"{}\"", e.toString());
    }
    if (!Files.isDirectory(layout.packages())) {
      throw new NoSuchFileException(layout.packages().toString());
    }
    for (Path directory : layout.packageDirectories()) {
      StoreLayout.ref(directory)
          .ifPresentOrElse(
              ref -> load(ref, directory), () -> log.warn("store=ignored path={}", directory));
    }
    log.info("store=open packages={} bytes={}", index.held().size(), bytesHeld());
  }

  private void load(PackageRef ref, Path directory) {
    try {
      Path file = StoreLayout.manifestOf(directory);
      byte[] bytes =
          PackageManifests.bytes(file).orElseThrow(() -> new NoSuchFileException("manifest"));
      HeldPackage held =
          new HeldPackage(
              manifests.read(bytes, ref),
              Sha256.of(bytes),
              directory,
              Files.getLastModifiedTime(file).toInstant(),
              Instant.EPOCH);
      index.put(held);
      for (StoredFile stored : held.present()) {
        long found = Files.exists(stored.location()) ? Files.size(stored.location()) : -1;
        if (found != stored.bytes()) {
          drop(stored, Corruption.BY_OPEN, found + " bytes");
        }
      }
    } catch (BadManifestException | IOException e) {
      log.warn(
          "package=damaged title={} package={} reason=\"{}\"",
          ref.titleId(),
          ref.packageVersion(),
          e.toString());
      salvage(ref, directory);
    }
  }

  /** What is left of a package without a usable manifest is a package being filled. */
  private void salvage(PackageRef ref, Path directory) {
    index.remove(ref);
    try {
      layout.moveAway(layout.fillingOf(ref));
      disk.move(directory, layout.fillingOf(ref));
    } catch (IOException e) {
      log.warn("store=leftovers kept reason=\"{}\"", e.toString());
    }
  }

  /** Looks a file up, e.g. {@code find("title/version", "v720/00001.m4s")}. */
  public Lookup find(String packagePath, String path) {
    return index.find(packagePath, path);
  }

  /** Every package in the index, sorted by title and version. */
  public List<Held> held() {
    return index.held();
  }

  /** The package, if it is in the index. */
  public Optional<Held> held(PackageRef ref) {
    return index.find(ref).map(HeldPackage::held);
  }

  /** What is held whole, as heartbeats and inventories tell it. */
  public StoreInventory inventory() {
    return StoreInventory.of(index.held());
  }

  /** Of all packages in the index. */
  public long bytesHeld() {
    return index.bytes();
  }

  /**
   * How many bytes this package may have: what is neither held nor on its way for another one. Its
   * own files that came already are part of it.
   */
  public long bytesFree(PackageRef ref) {
    return maxBytes - bytesHeld() - incoming.bytesBeside(ref);
  }

  /** Every file that is served now, for the scrub. */
  public List<StoredFile> files() {
    return index.files();
  }

  /** Files of a held package that were dropped and are to be fetched anew. */
  public List<PackageFile> missing(PackageRef ref) {
    return index.find(ref).map(HeldPackage::missing).orElse(List.of());
  }

  /** Told of every file that is dropped because of its bytes, by the thread that found it. */
  public void onCorruption(Consumer<Corruption> listener) {
    verifier.onCorruption(listener);
  }

  /**
   * Reads the file and drops it if its bytes are not the package's.
   *
   * @param foundBy whose reading it is, see {@link Corruption}
   */
  public Reading verify(StoredFile file, String foundBy, Pace pace) {
    return verifier.verify(file, foundBy, pace);
  }

  /** Takes the file out of the index at once, and has it reported and fetched anew. */
  public void drop(StoredFile file, String foundBy, String found) {
    verifier.drop(file, foundBy, found);
  }

  /** Packages that were begun and are not held. */
  public List<PackageRef> begun() throws DiskFailedException {
    return incoming.begun();
  }

  /** The manifest of a package on its way, if it is on disk and has this digest. */
  public Optional<byte[]> fillingManifest(PackageRef ref, String manifestSha256) {
    return incoming.manifest(ref, manifestSha256);
  }

  /** Whether a file of a package on its way is on disk already; its bytes are read and checked. */
  public boolean isFilled(PackageRef ref, PackageFile file) {
    return incoming.isFilled(ref, file);
  }

  /** Takes in a file of a package that is not held yet. */
  public IncomingFile fill(PackageRef ref, PackageFile file) throws DiskFailedException {
    return incoming.fill(ref, file);
  }

  /** Takes in a dropped file of a held package anew; it is served again once it is complete. */
  public IncomingFile repair(PackageRef ref, PackageFile file) throws DiskFailedException {
    return new IncomingFile(
        disk,
        layout.packageOf(ref).resolve(file.path()),
        file,
        () -> index.find(ref).ifPresent(held -> held.repaired(file.path(), clock.instant())));
  }

  /**
   * The package becomes held. All its files must have been taken in.
   *
   * @throws DiskFailedException if the disk refuses; the package is not held then
   */
  public void publish(PackageManifest manifest, String manifestSha256) throws DiskFailedException {
    PackageRef ref = manifest.ref();
    Path name = layout.packageOf(ref);
    try {
      layout.moveAway(name);
      // Directories inside were synced by each file's commit; this one rename makes it held.
      disk.move(layout.fillingOf(ref), name);
      index.put(
          new HeldPackage(
              manifest,
              manifestSha256,
              name,
              Files.getLastModifiedTime(StoreLayout.manifestOf(name)).toInstant(),
              clock.instant()));
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
    log.info(
        "package=held title={} package={} digest={}",
        ref.titleId(),
        ref.packageVersion(),
        manifestSha256);
  }

  /** The package is served no longer and leaves the disk, as does what was filled of it. */
  public void delete(PackageRef ref) throws DiskFailedException {
    if (index.remove(ref)) {
      log.info("package=deleted title={} package={}", ref.titleId(), ref.packageVersion());
    }
    try {
      layout.moveAway(layout.packageOf(ref));
      layout.moveAway(layout.fillingOf(ref));
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
  }
}
