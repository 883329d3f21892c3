package io.tributary.oca.fill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.oca.store.Corruption;
import io.tributary.oca.store.Disk;
import io.tributary.oca.store.Held;
import io.tributary.oca.store.LocalDisk;
import io.tributary.oca.store.Lookup;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.SamplePackage;
import io.tributary.oca.store.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Fills from a real HTTP server that does what sources do wrong. */
class FillerIT {
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final PackageManifests manifests = new PackageManifests(JsonMapper.builder().build());
  private final SamplePackage film = new SamplePackage("film", 700, 50_000, 60_000, 70_000);
  private final SamplePackage show = new SamplePackage("show", 800, 20_000);
  private final Map<String, SamplePackage> packages = Map.of("film", film, "show", show);
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final List<String> fetched = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private final ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer origin;
  private final FillRate rate = new FillRate(10_000_000_000L);
  private final BrittleDisk disk = new BrittleDisk();
  private final StoreConfig storeConfig;
  private PackageStore store;
  private Filler filler;

  /** What a source does instead of serving; by {@code title/path} or {@code title/path?second}. */
  private enum Fault {
    NOT_FOUND,
    WRONG_BYTE,
    SHORT,
    LONG,
    STALL,
    TRICKLE
  }

  FillerIT(@TempDir Path directory) throws IOException {
    storeConfig =
        new StoreConfig(directory, 1 << 20, Duration.ofMinutes(1), 16, Duration.ofMinutes(1));
    origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.createContext("/", this::serve);
    origin.setExecutor(serving);
    origin.start();
    store = new PackageStore(storeConfig, disk, manifests, clock);
    filler = restarted();
  }

  @AfterEach
  void stop() {
    filler.close();
    testEnds.countDown();
    origin.stop(0);
    serving.shutdownNow();
  }

  private Filler restarted() throws IOException {
    store = new PackageStore(storeConfig, disk, manifests, clock);
    store.open();
    return filler(Duration.ofMillis(1), Duration.ofMillis(2));
  }

  private Filler filler(Duration firstRetryWait, Duration maxRetryWait) {
    return new Filler(
        new FillConfig(
            4,
            2,
            firstRetryWait,
            maxRetryWait,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            LOOK_EVERY),
        storeConfig.deleteAfter(),
        store,
        manifests,
        this::sources,
        rate,
        clock,
        new Random(1));
  }

  /** Two sources a file: the second is asked when the first fails. */
  private Sources sources(SourcesRequest request) {
    String base =
        "http://127.0.0.1:" + origin.getAddress().getPort() + "/" + request.titleId() + "/";
    return new Sources(
        request.paths().stream()
            .map(path ->
                new Sources.Source(
                    path, List.of(base + path + "?X-Signature=s", base + path + "?second")))
            .toList(),
        clock.instant().plusSeconds(60));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    boolean isSecond = "second".equals(exchange.getRequestURI().getQuery());
    int slash = path.indexOf('/');
    SamplePackage sample = packages.get(path.substring(0, slash));
    Fault fault = faults.get(isSecond ? path + "?second" : path);
    try (exchange) {
      if (sample == null || fault == Fault.NOT_FOUND) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = sample.bytes(path.substring(slash + 1));
      if (fault == Fault.WRONG_BYTE) {
        bytes[bytes.length / 2] ^= 1;
      } else if (fault == Fault.SHORT) {
        bytes = Arrays.copyOf(bytes, bytes.length - 1);
      } else if (fault == Fault.LONG) {
        bytes = Arrays.copyOf(bytes, bytes.length + 1);
      }
      // Chunked, so that the length is not told beforehand.
      exchange.sendResponseHeaders(200, 0);
      if (fault == Fault.STALL) {
        exchange.getResponseBody().write(bytes, 0, 10);
        exchange.getResponseBody().flush();
        testEnds.await();
        return;
      }
      if (fault == Fault.TRICKLE) {
        for (int i = 0; !testEnds.await(20, TimeUnit.MILLISECONDS); i++) {
          exchange.getResponseBody().write(bytes, i, 1);
          exchange.getResponseBody().flush();
        }
        return;
      }
      fetched.add(path);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void plan(PlannedPackage... planned) throws InterruptedException {
    filler.plan(new ContentPlan(1, List.of(planned)));
    filler.reconcile();
  }

  private void later() throws InterruptedException {
    now.set(now.get().plusSeconds(60));
    filler.reconcile();
  }

  @Test
  void aPlannedPackageBecomesHeld() throws Exception {
    int bytes = 180_700 + film.bytes(SamplePackage.PLAYLIST).length;

    plan(film.planned());

    assertThat(store.inventory().packages())
        .isEqualTo(List.of(new Held(film.ref(), film.manifestSha256(), bytes, true)));
    assertThat(filler.filesFetched()).isEqualTo(5);
    assertThat(rate.bytes()).isEqualTo(bytes + film.manifestBytes().length);
    assertThat(filler.trouble()).isEmpty();
  }

  @Test
  void whatASourceDoesWrongIsFoundAndTheNextSourceIsAsked() throws Exception {
    faults.put("film/manifest.json", Fault.WRONG_BYTE);
    faults.put("film/v720/init.mp4", Fault.NOT_FOUND);
    faults.put("film/v720/00001.m4s", Fault.WRONG_BYTE);
    faults.put("film/v720/00002.m4s", Fault.SHORT);
    faults.put("film/v720/00003.m4s", Fault.STALL);
    faults.put("show/v720/init.mp4", Fault.TRICKLE);
    faults.put("show/v720/00001.m4s", Fault.LONG);

    plan(film.planned(), show.planned());

    assertThat(store.inventory().packages()).hasSize(2);
  }

  @Test
  void aPackageThatCannotBeHadHoldsUpNoOtherAndIsTriedAgain() throws Exception {
    faults.put("film/v720/00002.m4s", Fault.NOT_FOUND);
    faults.put("film/v720/00002.m4s?second", Fault.WRONG_BYTE);

    plan(film.planned(), show.planned());

    assertThat(store.held(film.ref())).isEmpty();
    assertThat(store.held(show.ref())).isPresent();
    assertThat(filler.trouble()).as("a source's fault is none of the disk's").isEmpty();

    faults.clear();
    fetched.clear();
    later();

    assertThat(store.held(film.ref())).isPresent();
    assertThat(fetched)
        .as("what was here is not fetched twice")
        .containsExactly("film/v720/00002.m4s");
  }

  @Test
  void aFillGoesOnWhereARestartLeftIt() throws Exception {
    film.put(
        store,
        new PackageFile("manifest.json", film.manifestBytes().length, film.manifestSha256()));
    film.put(store, film.packageFiles().get(0));
    film.put(store, film.packageFiles().get(2));
    filler.close();
    filler = restarted();

    plan(film.planned());

    assertThat(store.held(film.ref())).isPresent();
    assertThat(fetched)
        .containsExactlyInAnyOrder(
            "film/v720/00001.m4s", "film/v720/00003.m4s", "film/v720/index.m3u8");
  }

  @Test
  void aDroppedFileAloneIsFetchedAnewEvenWhileDraining() throws Exception {
    plan(film.planned());
    fetched.clear();
    var found = (Lookup.Found) store.find("film/p1", "v720/00002.m4s");
    store.drop(found.file(), Corruption.BY_SCRUB, "test");

    filler.drain(true);
    filler.reconcile();

    assertThat(fetched).isEqualTo(List.of("film/v720/00002.m4s"));
    assertThat(store.inventory().packages()).hasSize(1);
  }

  @Test
  void aDrainingNodeBeginsNothingNew() throws Exception {
    filler.drain(true);
    plan(film.planned());

    assertThat(store.held()).isEmpty();
    assertThat(fetched).isEmpty();
  }

  @Test
  void aPackageThatLeftThePlanGoesAfterTheGrace() throws Exception {
    plan(film.planned(), show.planned());

    filler.plan(new ContentPlan(2, List.of(show.planned())));
    filler.reconcile();
    assertThat(store.held(film.ref())).isPresent();
    later();

    assertThat(store.held(film.ref())).isEmpty();
    assertThat(store.held(show.ref())).isPresent();
  }

  @Test
  void aFullDiskIsToldAndWhatIsHeldStaysAndLaterItGoesOn() throws Exception {
    plan(show.planned());
    disk.failure = "No space left on device";

    filler.plan(new ContentPlan(2, List.of(show.planned(), film.planned())));
    filler.reconcile();

    assertThat(filler.trouble().orElseThrow()).contains("No space left on device");
    assertThat(store.held(show.ref())).isPresent();
    // It stays in trouble while it waits for the next try.
    filler.reconcile();
    assertThat(filler.trouble()).isPresent();

    disk.failure = "";
    later();

    assertThat(filler.trouble()).isEmpty();
    assertThat(store.held(film.ref())).isPresent();
  }

  @Test
  void aFolderThatCannotBeListedIsToldAndHoldsUpNoFill() throws Exception {
    disk.listing = new IOException("Input/output error");

    plan(film.planned());

    assertThat(filler.trouble().orElseThrow()).contains("Input/output error");
    assertThat(store.held(film.ref())).isPresent();

    disk.listing = null;
    filler.reconcile();
    assertThat(filler.trouble()).isEmpty();
  }

  @Test
  void whenLookingBreaksTheNextLookWaitsLongerAndLongerUpToABound() throws Exception {
    filler.close();
    filler = filler(Duration.ofMillis(100), Duration.ofMillis(400));
    disk.listing = new IllegalStateException("broken");
    List<Duration> longest = Stream.of(100, 200, 400, 400).map(Duration::ofMillis).toList();

    for (Duration most : longest) {
      assertThat(filler.look()).isBetween(most.dividedBy(2), most);
    }
    assertThat(filler.trouble().orElseThrow()).contains("broken");

    disk.listing = null;
    assertThat(filler.look()).isEqualTo(LOOK_EVERY);
    assertThat(filler.trouble()).isEmpty();
  }

  @Test
  void thoughWokenABrokenLookIsNotRepeatedWithoutAPause() throws Exception {
    filler.close();
    filler = filler(Duration.ofMillis(100), Duration.ofMillis(400));
    disk.listing = new IllegalStateException("broken");
    Semaphore listings = new Semaphore(0);
    disk.whenListed =
        () -> {
          filler.wake();
          listings.release();
        };

    long begun = System.nanoTime();
    Thread filling = Thread.ofVirtual().start(filler);
    assertThat(listings.tryAcquire(4, 10, TimeUnit.SECONDS)).isTrue();

    // Three pauses, of half of 100, 200 and 400 ms at least.
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(350));
    filling.interrupt();
    filling.join();
  }

  @Test
  void aDrainingNodeDoesNotLookAgainAndAgainForWhatItDoesNotFill() throws Exception {
    faults.put("film/v720/00002.m4s", Fault.NOT_FOUND);
    faults.put("film/v720/00002.m4s?second", Fault.NOT_FOUND);
    plan(film.planned());
    assertThat(filler.failures()).isEqualTo(1);

    filler.drain(true);
    now.set(now.get().plusSeconds(60));

    assertThat(filler.look()).isEqualTo(LOOK_EVERY);
  }

  @Test
  void aPackageBeyondTheStoresBoundIsRefusedAndTold() throws Exception {
    plan(new PlannedPackage("film", "p1", film.manifestSha256(), 2 << 20));

    assertThat(store.held()).isEmpty();
    assertThat(filler.trouble().orElseThrow()).contains("oca.store.max-bytes");
  }

  @Test
  void aManifestThatIsNotThePlansIsNotTaken() throws Exception {
    plan(new PlannedPackage("film", "p1", show.manifestSha256(), 1_000));

    assertThat(store.held()).isEmpty();
    assertThat(filler.failures()).isEqualTo(1);
  }

  @Test
  void theRateIsKept() throws Exception {
    rate.limit(8 * 90_000);
    long begun = System.nanoTime();

    plan(film.planned());

    // 181,000 bytes at 90,000 a second, of which one second's worth may come at once.
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    assertThat(store.held(film.ref())).isPresent();
  }

  /** A disk that may refuse to take bytes, or to tell what it has. */
  private static final class BrittleDisk implements Disk {
    private final LocalDisk whole = new LocalDisk();
    private volatile String failure = "";
    private volatile @Nullable Exception listing;
    private volatile Runnable whenListed = () -> {};

    @Override
    public WritableByteChannel create(Path file) throws IOException {
      fail();
      return whole.create(file);
    }

    @Override
    public void commit(Path written, Path name) throws IOException {
      fail();
      whole.commit(written, name);
    }

    @Override
    public void move(Path directory, Path name) throws IOException {
      fail();
      whole.move(directory, name);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
      whenListed.run();
      return switch (listing) {
        case null -> whole.list(directory);
        case IOException failed -> throw failed;
        case Exception broken -> throw new IllegalStateException(broken);
      };
    }

    private void fail() throws IOException {
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
    }
  }
}
