package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of this node. A package is held when all its files and its manifest were verified,
 * synced and moved to their place in one rename; nothing else is ever in the index, and nothing
 * outside the index is ever served.
 *
 * <pre>
 * packages/TITLE/VERSION/manifest.json, …   held
 * filling/TITLE/VERSION/…                   verified files of packages that are not whole yet
 * filling/…/NAME.part                       bytes on their way, worth nothing after a crash
 * deleted/…                                 on its way out
 * </pre>
 *
 * <p>Safe for use by many threads, as long as one package is filled, repaired and deleted by one
 * thread at a time.
 */
public final class PackageStore {
  private static final Logger log = LoggerFactory.getLogger(PackageStore.class);

  private static final String PART = ".part";

  private final StoreConfig config;
  private final Disk disk;
  private final PackageManifests manifests;
  private final InstantSource clock;
  private final Path packages;
  private final Path filling;
  private final Path deleted;

  private final Map<String, HeldPackage> index = new ConcurrentHashMap<>();
  private final List<Consumer<Corruption>> corruptionListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong deletions = new AtomicLong();

  public PackageStore(
      StoreConfig config, Disk disk, PackageManifests manifests, InstantSource clock) {
    this.config = config;
    this.disk = disk;
    this.manifests = manifests;
    this.clock = clock;
    this.packages = config.directory().resolve("packages");
    this.filling = config.directory().resolve("filling");
    this.deleted = config.directory().resolve("deleted");
  }

  /**
   * A package in the index.
   *
   * @param ref the package
   * @param manifestSha256 its digest
   * @param bytes of all its files
   * @param isWhole false while a file of it is dropped
   */
  public record Held(PackageRef ref, String manifestSha256, long bytes, boolean isWhole) {}

  /** Told of every file that is dropped because of its bytes, by the thread that found it. */
  public void onCorruption(Consumer<Corruption> listener) {
    corruptionListeners.add(listener);
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
      Files.createDirectories(packages);
      Files.createDirectories(filling);
      deleteTree(deleted);
      deleteParts(filling);
      deleteParts(packages);
    } catch (IOException e) {
      log.warn("store=leftovers kept reason=\"{}\"", e.toString());
    }
    if (!Files.isDirectory(packages)) {
      throw new NoSuchFileException(packages.toString());
    }
    for (Path title : disk.list(packages)) {
      for (Path version : disk.list(title)) {
        load(title, version);
      }
    }
    log.info("store=open packages={} bytes={}", index.size(), bytesHeld());
  }

  /** Looks a file up, e.g. {@code find("title/version", "v720/00001.m4s")}. */
  public Lookup find(String packagePath, String path) {
    HeldPackage held = index.get(packagePath);
    return held == null ? new Lookup.Unknown() : held.find(path);
  }

  /** Every package in the index, sorted by title and version. */
  public List<Held> held() {
    return index.values().stream()
        .map(p -> new Held(p.ref(), p.manifestSha256(), p.bytes(), p.isWhole()))
        .sorted(
            Comparator.comparing((Held held) -> held.ref().titleId())
                .thenComparing(held -> held.ref().packageVersion()))
        .toList();
  }

  /** The package, if it is in the index. */
  public Optional<Held> held(PackageRef ref) {
    return Optional.ofNullable(index.get(ref.path()))
        .map(p -> new Held(p.ref(), p.manifestSha256(), p.bytes(), p.isWhole()));
  }

  /** Of all packages in the index. */
  public long bytesHeld() {
    return index.values().stream().mapToLong(HeldPackage::bytes).sum();
  }

  /** How many bytes of packages may still come. */
  public long bytesFree() {
    return config.maxBytes() - bytesHeld();
  }

  /** Every file that is served now, for the scrub. */
  public List<StoredFile> files() {
    return index.values().stream().flatMap(held -> held.present().stream()).toList();
  }

  /** Files of a held package that were dropped and are to be fetched anew. */
  public List<PackageFile> missing(PackageRef ref) {
    HeldPackage held = index.get(ref.path());
    return held == null ? List.of() : held.missing();
  }

  /** What reading a file showed. */
  public enum Reading {
    /** The bytes are the package's. */
    RIGHT,
    /** They are not, or the disk cannot give them; the file is dropped. */
    DROPPED,
    /** It could not be read for a reason that says nothing of its bytes. */
    NOT_READ
  }

  /**
   * Reads the file and drops it if its bytes are not the package's.
   *
   * @param foundBy whose reading it is, see {@link Corruption}
   */
  public Reading verify(StoredFile file, String foundBy, Pace pace) {
    String found;
    try (FileChannel channel = FileChannel.open(file.location(), StandardOpenOption.READ)) {
      found = digest(channel, file, pace);
    } catch (NoSuchFileException e) {
      found = "no file";
    } catch (IOException e) {
      // Too many open files, or a thread being stopped: the bytes may be as good as ever.
      log.warn("file=unread file={} reason=\"{}\"", file, e.toString());
      return Reading.NOT_READ;
    }
    if (found.equals(file.sha256())) {
      file.verified(clock.instant());
      return Reading.RIGHT;
    }
    drop(file, foundBy, found);
    return Reading.DROPPED;
  }

  private static String digest(FileChannel channel, StoredFile file, Pace pace)
      throws ClosedChannelException {
    try {
      return FileDigest.of(channel, file.bytes(), pace);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Takes the file out of the index at once, and has it reported and fetched anew. */
  public void drop(StoredFile file, String foundBy, String found) {
    HeldPackage held = index.get(file.ref().path());
    if (held == null || !held.drop(file)) {
      return;
    }
    log.warn(
        "corruption=found title={} package={} file={} foundBy={} expected={} found=\"{}\"",
        file.ref().titleId(),
        file.ref().packageVersion(),
        file.path(),
        foundBy,
        file.sha256(),
        found);
    Corruption corruption = new Corruption(file.ref(), file.path(), foundBy, clock.instant());
    corruptionListeners.forEach(listener -> listener.accept(corruption));
  }

  /** The manifest of a package on its way, if it is on disk and has this digest. */
  public Optional<byte[]> fillingManifest(PackageRef ref, String manifestSha256) {
    try {
      Optional<byte[]> bytes = readBounded(manifestOf(fillingOf(ref)));
      return bytes.filter(read -> Sha256.of(read).equals(manifestSha256));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a file of a package on its way is on disk already; its bytes are read and checked. */
  public boolean isFilled(PackageRef ref, PackageFile file) {
    Path path = fillingOf(ref).resolve(file.path());
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return FileDigest.of(channel, file.bytes(), Pace.UNHINDERED).equals(file.sha256());
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes in a file of a package that is not held yet. */
  public IncomingFile fill(PackageRef ref, PackageFile file) throws DiskFailedException {
    Path name = fillingOf(ref).resolve(file.path());
    return new IncomingFile(disk, part(name), name, file, () -> {});
  }

  /** Takes in a dropped file of a held package anew; it is served again once it is complete. */
  public IncomingFile repair(PackageRef ref, PackageFile file) throws DiskFailedException {
    Path name = packageOf(ref).resolve(file.path());
    return new IncomingFile(
        disk,
        part(name),
        name,
        file,
        () -> {
          HeldPackage held = index.get(ref.path());
          if (held != null) {
            held.repaired(file.path(), clock.instant());
          }
        });
  }

  /**
   * The package becomes held. All its files must have been taken in.
   *
   * @throws DiskFailedException if the disk refuses; the package is not held then
   */
  public void publish(PackageManifest manifest, String manifestSha256) throws DiskFailedException {
    PackageRef ref = manifest.ref();
    Path name = packageOf(ref);
    try {
      if (Files.exists(name)) {
        moveAway(name);
      }
      // Directories inside were synced by each file's commit; this one rename makes it held.
      disk.move(fillingOf(ref), name);
      Instant now = clock.instant();
      index.put(
          ref.path(),
          new HeldPackage(
              manifest,
              manifestSha256,
              name,
              Files.getLastModifiedTime(manifestOf(name)).toInstant(),
              now));
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
    if (index.remove(ref.path()) != null) {
      log.info("package=deleted title={} package={}", ref.titleId(), ref.packageVersion());
    }
    try {
      moveAway(packageOf(ref));
      moveAway(fillingOf(ref));
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
  }

  /** Packages that were begun and are not held. */
  public List<PackageRef> begun() throws DiskFailedException {
    List<PackageRef> refs = new ArrayList<>();
    try {
      for (Path title : disk.list(filling)) {
        for (Path version : disk.list(title)) {
          ref(title, version).ifPresent(refs::add);
        }
      }
    } catch (IOException e) {
      throw new DiskFailedException(e);
    }
    return refs;
  }

  private void load(Path title, Path version) throws IOException {
    PackageRef ref = ref(title, version).orElse(null);
    if (ref == null) {
      log.warn("store=ignored path={}", version);
      return;
    }
    try {
      byte[] bytes =
          readBounded(manifestOf(version)).orElseThrow(() -> new NoSuchFileException("manifest"));
      PackageManifest manifest = manifests.read(bytes, ref);
      HeldPackage held =
          new HeldPackage(
              manifest,
              Sha256.of(bytes),
              version,
              Files.getLastModifiedTime(manifestOf(version)).toInstant(),
              Instant.EPOCH);
      index.put(ref.path(), held);
      for (StoredFile file : held.present()) {
        long found = Files.exists(file.location()) ? Files.size(file.location()) : -1;
        if (found != file.bytes()) {
          drop(file, Corruption.BY_OPEN, found + " bytes");
        }
      }
    } catch (BadManifestException | IOException e) {
      log.warn(
          "package=damaged title={} package={} reason=\"{}\"",
          ref.titleId(),
          ref.packageVersion(),
          e.toString());
      salvage(ref, version);
    }
  }

  /** What is left of a package without a usable manifest is a package being filled. */
  private void salvage(PackageRef ref, Path version) {
    index.remove(ref.path());
    try {
      moveAway(fillingOf(ref));
      disk.move(version, fillingOf(ref));
    } catch (IOException e) {
      log.warn("store=leftovers kept reason=\"{}\"", e.toString());
    }
  }

  private void moveAway(Path tree) throws IOException {
    if (Files.exists(tree)) {
      Path away =
          deleted.resolve(
              tree.getFileName() + "-" + clock.millis() + "-" + deletions.incrementAndGet());
      Files.createDirectories(deleted);
      Files.move(tree, away);
      deleteTree(away);
    }
  }

  private Path packageOf(PackageRef ref) {
    return packages.resolve(ref.titleId()).resolve(ref.packageVersion());
  }

  private Path fillingOf(PackageRef ref) {
    return filling.resolve(ref.titleId()).resolve(ref.packageVersion());
  }

  private static Path manifestOf(Path directory) {
    return directory.resolve(PackageManifest.FILE_NAME);
  }

  private static Path part(Path name) {
    return name.resolveSibling(name.getFileName() + PART);
  }

  private static Optional<PackageRef> ref(Path title, Path version) {
    try {
      return Optional.of(
          new PackageRef(title.getFileName().toString(), version.getFileName().toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> readBounded(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(PackageManifests.MAX_BYTES + 1);
      return bytes.length > PackageManifests.MAX_BYTES ? Optional.empty() : Optional.of(bytes);
    }
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

  /** What is held whole, as heartbeats and inventories tell it. */
  public StoreInventory inventory() {
    List<Held> whole = held().stream().filter(Held::isWhole).toList();
    MessageDigest digest = Sha256.digest();
    for (Held held : whole) {
      digest.update(
          (held.ref().path() + " " + held.manifestSha256() + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    return new StoreInventory(Sha256.hex(digest), whole);
  }

  /**
   * What is held whole.
   *
   * @param digest as {@code contracts.node.Inventory} defines it
   * @param packages sorted by title and version
   */
  public record StoreInventory(String digest, List<Held> packages) {}
}
