package io.tributary.oca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.contracts.media.PackageFile;
import io.tributary.oca.store.IncomingFile.WrongBytesException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The store on a real disk, stopped at the worst moments. */
class PackageStoreIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
  private static final Duration NO_TIME = Duration.ZERO;

  private final Path directory;
  private final SamplePackage film = new SamplePackage("film", 700, 50_000, 60_000);
  private final List<Corruption> reported = new ArrayList<>();
  private PackageStore store;

  PackageStoreIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.store = newStore();
    store.open();
    store.onCorruption(reported::add);
  }

  private PackageStore newStore() {
    return new PackageStore(
        new StoreConfig(directory, 10 << 20, Duration.ofMinutes(1), 16, Duration.ofMinutes(1)),
        new LocalDisk(),
        new PackageManifests(JsonMapper.builder().build()),
        CLOCK);
  }

  private void restart() throws IOException {
    store = newStore();
    store.onCorruption(reported::add);
    store.open();
  }

  @Test
  void aPackageIsHeldAfterARestart() throws Exception {
    film.install(store);
    var before = store.inventory();

    restart();

    assertThat(store.inventory()).isEqualTo(before);
    assertThat(before.digest())
        .isEqualTo(
            Sha256.of(
                ("film/p1 " + film.manifestSha256() + "\n").getBytes(StandardCharsets.UTF_8)));
    assertThat(store.find("film/p1", "v720/00001.m4s")).isInstanceOf(Lookup.Found.class);
    assertThat(store.find("film/p1", "manifest.json")).isInstanceOf(Lookup.Unknown.class);
  }

  @Test
  void aPackageThatIsNotWholeIsNotHeldAndItsFilesAreKept() throws Exception {
    PackageFile init = film.packageFiles().getFirst();
    film.put(store, init);

    restart();

    assertThat(store.held()).isEmpty();
    assertThat(store.find("film/p1", init.path())).isInstanceOf(Lookup.Unknown.class);
    assertThat(store.begun()).isEqualTo(List.of(film.ref()));
    assertThat(store.isFilled(film.ref(), init)).isTrue();
  }

  @Test
  void whatIsOnItsWayCountsAsUsedForEveryOtherPackage() throws Exception {
    SamplePackage other = new SamplePackage("other", 700, 50_000);
    long most = store.bytesFree(film.ref());
    PackageFile segment = film.packageFiles().get(1);
    film.put(store, segment);

    assertThat(store.bytesFree(film.ref())).isEqualTo(most);
    assertThat(store.bytesFree(other.ref())).isEqualTo(most - segment.bytes());
  }

  @Test
  void whatACrashLeftBehindIsRemoved() throws Exception {
    film.install(store);
    Path part = directory.resolve("filling/other/p1/v720/init.mp4.part");
    Path repairPart = directory.resolve("packages/film/p1/v720/00001.m4s.part");
    Path trash = directory.resolve("deleted/x/y");
    Files.createDirectories(part.getParent());
    Files.createDirectories(trash);
    Files.writeString(part, "half");
    Files.writeString(repairPart, "half");

    restart();

    assertThat(part).doesNotExist();
    assertThat(repairPart).doesNotExist();
    assertThat(trash).doesNotExist();
    assertThat(store.held()).hasSize(1);
  }

  @Test
  void wrongBytesNeverGetAName() throws Exception {
    PackageFile file = film.packageFiles().get(1);
    byte[] wrong = film.bytes(file.path());
    wrong[9] ^= 1;

    assertThatThrownBy(
            () -> {
              try (IncomingFile incoming = store.fill(film.ref(), file)) {
                incoming.write(wrong, 0, wrong.length);
                incoming.complete();
              }
            })
        .isInstanceOf(WrongBytesException.class);
    assertThatThrownBy(
            () -> {
              try (IncomingFile incoming = store.fill(film.ref(), file)) {
                incoming.write(wrong, 0, 100);
                incoming.complete();
              }
            })
        .hasMessage("100 bytes came (expected: 50000)");
    assertThat(store.isFilled(film.ref(), file)).isFalse();
    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aByteFlippedInAWarmOpenFileIsFoundByTheScrubThoughItsTimeIsUnchanged() throws Exception {
    film.install(store);
    Path file = directory.resolve("packages/film/p1/v720/00001.m4s");
    FileTime time = Files.getLastModifiedTime(file);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      flip(open, 4_711);
      Files.setLastModifiedTime(file, time);

      new Scrubber(store).pass(() -> NO_TIME, nanos -> {});
    }

    assertThat(reported)
        .isEqualTo(
            List.of(
                new Corruption(
                    film.ref(), "v720/00001.m4s", Corruption.BY_SCRUB, CLOCK.instant())));
    assertThat(store.find("film/p1", "v720/00001.m4s")).isInstanceOf(Lookup.Dropped.class);
    assertThat(store.find("film/p1", "v720/init.mp4")).isInstanceOf(Lookup.Found.class);
    assertThat(store.inventory().packages()).isEmpty();
  }

  @Test
  void aScrubThatBreaksIsRepeatedAfterGrowingPauses() throws Exception {
    film.install(store);
    AtomicInteger asked = new AtomicInteger();
    // Asked in a pass, which breaks, and then for what is left of its time.
    Supplier<Duration> within =
        () -> {
          if (asked.getAndIncrement() % 2 == 0) {
            throw new IllegalStateException("broken");
          }
          return Duration.ofMinutes(1);
        };
    List<Duration> pauses = new ArrayList<>();

    new Scrubber(store)
        .run(
            within,
            nanos -> {
              pauses.add(Duration.ofNanos(nanos));
              if (pauses.size() == 3) {
                throw new InterruptedException();
              }
            });

    assertThat(pauses)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void aRepairedFileIsServedAgainAndAnotherFileThanBefore() throws Exception {
    film.install(store);
    var before = (Lookup.Found) store.find("film/p1", "v720/00001.m4s");
    store.drop(before.file(), Corruption.BY_SCRUB, "test");
    PackageFile missing = store.missing(film.ref()).getFirst();
    byte[] bytes = film.bytes(missing.path());

    try (IncomingFile incoming = store.repair(film.ref(), missing)) {
      incoming.write(bytes, 0, bytes.length);
      incoming.complete();
    }

    assertThat(store.missing(film.ref())).isEmpty();
    assertThat(store.inventory().packages()).hasSize(1);
    var after = (Lookup.Found) store.find("film/p1", "v720/00001.m4s");
    assertThat(after.file()).isNotSameAs(before.file());
    // A late finding of the old file says nothing of the new one.
    store.drop(before.file(), Corruption.BY_OPEN, "test");
    assertThat(store.find("film/p1", "v720/00001.m4s")).isEqualTo(after);
  }

  @Test
  void aFileMissingOrCutAtStartIsDroppedAndTheOthersAreServed() throws Exception {
    film.install(store);
    Files.delete(directory.resolve("packages/film/p1/v720/00001.m4s"));
    Files.write(directory.resolve("packages/film/p1/v720/00002.m4s"), new byte[3]);

    restart();

    assertThat(reported).hasSize(2);
    assertThat(store.missing(film.ref())).hasSize(2);
    assertThat(store.find("film/p1", "v720/init.mp4")).isInstanceOf(Lookup.Found.class);
  }

  /** A node that knew no playlists held the package without; it fetches what it lacks. */
  @Test
  void aPlaylistMissingAtStartIsToBeFetchedAndAWrongOneIsFoundByTheScrub() throws Exception {
    film.install(store);
    Path file = directory.resolve("packages/film/p1").resolve(SamplePackage.PLAYLIST);
    byte[] wrong = film.bytes(SamplePackage.PLAYLIST);
    wrong[0] ^= 1;
    Files.write(file, wrong);
    new Scrubber(store).pass(() -> NO_TIME, nanos -> {});

    assertThat(store.missing(film.ref()))
        .extracting(PackageFile::path)
        .containsExactly(SamplePackage.PLAYLIST);

    Files.delete(file);
    restart();

    assertThat(store.missing(film.ref()))
        .extracting(PackageFile::path)
        .containsExactly(SamplePackage.PLAYLIST);
  }

  @Test
  void aPackageWithoutAUsableManifestIsToBeFilledAgainFromWhatIsThere() throws Exception {
    film.install(store);
    Files.writeString(directory.resolve("packages/film/p1/manifest.json"), "{");

    restart();

    assertThat(store.held()).isEmpty();
    assertThat(store.begun()).isEqualTo(List.of(film.ref()));
    assertThat(store.isFilled(film.ref(), film.packageFiles().get(1))).isTrue();
  }

  @Test
  void aDeletedPackageIsGone() throws Exception {
    film.install(store);

    store.delete(film.ref());

    assertThat(store.find("film/p1", "v720/init.mp4")).isInstanceOf(Lookup.Unknown.class);
    restart();
    assertThat(store.held()).isEmpty();
    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static void flip(RandomAccessFile file, long position) throws IOException {
    file.seek(position);
    int value = file.read();
    file.seek(position);
    file.write(value ^ 1);
  }
}
