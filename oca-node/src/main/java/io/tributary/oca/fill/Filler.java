package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.oca.store.DiskFailedException;
import io.tributary.oca.store.IncomingFile;
import io.tributary.oca.store.IncomingFile.WrongBytesException;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import io.tributary.oca.store.PackageStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the store what the plan says, one package at a time and its files a few at once.
 *
 * <p>A package that cannot be had waits and the next is tried, so one bad package holds up nothing.
 * A disk that takes no more is told as {@link #trouble()} and tried again later; what is held is
 * served all the while.
 *
 * <p>{@link #run()} is for one thread; the rest is safe for use by many.
 */
public final class Filler implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Filler.class);

  private final FillConfig config;
  private final Duration deleteAfter;
  private final PackageStore store;
  private final PackageManifests manifests;
  private final SourceDirectory sources;
  private final FileFetcher fetcher;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Semaphore wakeUps = new Semaphore(0);
  private final ExecutorService files = Executors.newVirtualThreadPerTaskExecutor();

  private final LongAdder packagesFilled = new LongAdder();
  private final LongAdder filesFetched = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private volatile ContentPlan plan = ContentPlan.NONE;
  private volatile boolean isDraining;
  private volatile @Nullable String trouble;
  private volatile boolean isStopped;

  private Map<PackageRef, Instant> unplanned = Map.of();
  private final Map<PackageRef, Wait> waits = new HashMap<>();
  private int brokenLooks;

  /** A package's; with the disk's trouble, if that is what it waits for. */
  private record Wait(int failures, Instant until, @Nullable String trouble) {}

  public Filler(
      FillConfig config,
      Duration deleteAfter,
      PackageStore store,
      PackageManifests manifests,
      SourceDirectory sources,
      FillRate rate,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.deleteAfter = deleteAfter;
    this.store = store;
    this.manifests = manifests;
    this.sources = sources;
    this.fetcher = new FileFetcher(config, rate);
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(config.firstRetryWait(), config.maxRetryWait());
  }

  /** A new plan; it is looked at soon. */
  public void plan(ContentPlan newPlan) {
    plan = newPlan;
    wake();
  }

  /** While it drains, a node begins nothing new; it still repairs what it holds. */
  public void drain(boolean drains) {
    if (isDraining != drains) {
      isDraining = drains;
      wake();
    }
  }

  /** Looks at plan and store soon. */
  public void wake() {
    wakeUps.release();
  }

  /** Why this node cannot hold what it should, if it cannot; for people. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Packages that became held since the start. */
  public long packagesFilled() {
    return packagesFilled.sum();
  }

  /** Files that came whole and right since the start. */
  public long filesFetched() {
    return filesFetched.sum();
  }

  /** Packages and repairs that could not be finished, each time, since the start. */
  public long failures() {
    return failures.sum();
  }

  /** Works until it is closed or interrupted; never throws. */
  @Override
  public void run() {
    try {
      while (!isStopped) {
        Duration wait = look();
        if (brokenLooks > 0) {
          // Nothing shortens this: what wakes it may be the same trouble, found file by file.
          Thread.sleep(wait);
        } else if (wakeUps.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      log.debug("fill=stopped");
    }
  }

  /** Looks once; returns how long to wait before the next look. */
  Duration look() throws InterruptedException {
    try {
      reconcile();
      brokenLooks = 0;
      return nextLook();
    } catch (RuntimeException e) {
      brokenLooks++;
      Duration pause = backoff.after(brokenLooks, random);
      trouble = "filling is broken: " + e;
      log.error("fill=broken looks={} nextLookMillis={}", brokenLooks, pause.toMillis(), e);
      return pause;
    }
  }

  @Override
  public void close() {
    isStopped = true;
    wake();
    files.shutdownNow();
    fetcher.close();
  }

  private Duration nextLook() {
    Instant now = clock.instant();
    Duration wait = config.lookEvery();
    for (Wait one : waits.values()) {
      Duration left = Duration.between(now, one.until());
      if (left.compareTo(wait) < 0) {
        wait = left;
      }
    }
    Duration least = Duration.ofMillis(10);
    return wait.compareTo(least) < 0 ? least : wait;
  }

  /** Compares plan and store once, and does what is to be done and not to be waited for. */
  void reconcile() throws InterruptedException {
    Instant now = clock.instant();
    ContentPlan current = plan;
    String found = null;
    List<PackageRef> begun = List.of();
    try {
      begun = store.begun();
    } catch (DiskFailedException e) {
      // What was begun and is not wanted stays for now; the rest is done as far as the disk lets.
      found = diskTrouble(e);
    }
    FillDecision todo = FillDecision.of(current, store.held(), begun, unplanned, deleteAfter, now);
    unplanned = todo.unplanned();
    for (PackageRef ref : todo.delete()) {
      try {
        store.delete(ref);
      } catch (DiskFailedException e) {
        found = diskTrouble(e);
      }
    }
    List<PlannedPackage> work = new ArrayList<>(todo.repair());
    if (!isDraining) {
      work.addAll(todo.fill());
    }
    // Whose turn will not come is not waited for.
    waits.keySet().retainAll(work.stream().map(PlannedPackage::ref).collect(Collectors.toSet()));
    for (PlannedPackage planned : work) {
      if (isStopped || !plan.equals(current)) {
        // A newer plan may not want this any more.
        wake();
        return;
      }
      Wait wait = waits.get(planned.ref());
      if (wait != null && wait.until().isAfter(clock.instant())) {
        found = found == null ? wait.trouble() : found;
        continue;
      }
      String problem = bring(planned, todo.repair().contains(planned));
      found = problem == null ? found : problem;
    }
    if (found == null && trouble != null) {
      log.info("fill=well");
    } else if (!Objects.equals(found, trouble)) {
      log.warn("fill=troubled reason=\"{}\"", found);
    }
    trouble = found;
  }

  private @Nullable String bring(PlannedPackage planned, boolean isRepair)
      throws InterruptedException {
    PackageRef ref = planned.ref();
    try {
      if (isRepair) {
        fetchAll(ref, store.missing(ref), true);
        log.info("package=repaired title={} package={}", ref.titleId(), ref.packageVersion());
      } else {
        long room = store.bytesFree();
        if (planned.bytes() > room) {
          String full =
              "oca.store.max-bytes leaves " + room + " (expected: " + planned.bytes() + ")";
          putOff(planned, full, full);
          return full;
        }
        fill(planned);
        packagesFilled.increment();
      }
      waits.remove(ref);
      return null;
    } catch (DiskFailedException e) {
      String disk = diskTrouble(e);
      putOff(planned, e.getMessage(), disk);
      // Told at once: what else there is to do may take hours.
      trouble = disk;
      return disk;
    } catch (IOException | BadManifestException e) {
      putOff(planned, e.getMessage(), null);
      return null;
    }
  }

  private static String diskTrouble(DiskFailedException e) {
    return "disk: " + e.getMessage();
  }

  private void putOff(
      PlannedPackage planned, @Nullable String reason, @Nullable String diskTrouble) {
    failures.increment();
    Wait before = waits.get(planned.ref());
    int count = before == null ? 1 : before.failures() + 1;
    Duration wait = backoff.after(count + config.attempts(), random);
    waits.put(planned.ref(), new Wait(count, clock.instant().plus(wait), diskTrouble));
    log.warn(
        "package=waits title={} package={} failures={} nextTryMillis={} reason=\"{}\"",
        planned.titleId(),
        planned.packageVersion(),
        count,
        wait.toMillis(),
        reason);
  }

  private void fill(PlannedPackage planned)
      throws IOException, InterruptedException, BadManifestException {
    PackageRef ref = planned.ref();
    byte[] bytes = manifest(planned);
    PackageManifest manifest = manifests.read(bytes, ref);
    List<PackageFile> all = PackageManifests.files(manifest);
    long sum = all.stream().mapToLong(PackageFile::bytes).sum();
    if (sum > store.bytesFree()) {
      throw new IOException("package has " + sum + " bytes (expected: " + planned.bytes() + ")");
    }
    List<PackageFile> absent = all.stream().filter(file -> !store.isFilled(ref, file)).toList();
    log.info(
        "package=filling title={} package={} files={} absent={}",
        ref.titleId(),
        ref.packageVersion(),
        all.size(),
        absent.size());
    fetchAll(ref, absent, false);
    store.publish(manifest, planned.manifestSha256());
  }

  private byte[] manifest(PlannedPackage planned) throws IOException, InterruptedException {
    PackageRef ref = planned.ref();
    Optional<byte[]> here = store.fillingManifest(ref, planned.manifestSha256());
    if (here.isPresent()) {
      return here.get();
    }
    String path = PackageManifest.FILE_NAME;
    Sources.Source source = ask(ref, List.of(path)).getFirst();
    IOException last = new IOException("no source for " + path);
    for (String url : source.urls()) {
      try {
        byte[] bytes = fetcher.fetchSmall(URI.create(url), PackageManifests.MAX_BYTES);
        PackageFile file = new PackageFile(path, bytes.length, planned.manifestSha256());
        try (IncomingFile incoming = store.fill(ref, file)) {
          incoming.write(bytes, 0, bytes.length);
          incoming.complete();
        }
        return bytes;
      } catch (DiskFailedException e) {
        throw e;
      } catch (IOException | WrongBytesException | IllegalArgumentException e) {
        last = sourceFailed(ref, path, url, e);
      }
    }
    throw last;
  }

  private void fetchAll(PackageRef ref, List<PackageFile> wanted, boolean isRepair)
      throws IOException, InterruptedException {
    List<PackageFile> left = wanted;
    for (int round = 1; !left.isEmpty(); round++) {
      if (round > 1) {
        Thread.sleep(backoff.after(round - 1, random));
      }
      List<PackageFile> failed = new ArrayList<>();
      IOException last = null;
      for (int from = 0; from < left.size(); from += SourcesRequest.MAX_PATHS) {
        List<PackageFile> batch =
            left.subList(from, Math.min(left.size(), from + SourcesRequest.MAX_PATHS));
        try {
          failed.addAll(fetchBatch(ref, batch, isRepair));
        } catch (DiskFailedException e) {
          throw e;
        } catch (IOException e) {
          failed.addAll(batch);
          last = e;
        }
      }
      if (!failed.isEmpty() && round >= config.attempts()) {
        throw new IOException(
            failed.size()
                + " files could not be fetched, "
                + failed.getFirst().path()
                + " among them"
                + (last == null ? "" : ": " + last.getMessage()));
      }
      left = failed;
    }
  }

  /** Fetches some files; returns those that could not be had from any of their sources. */
  private List<PackageFile> fetchBatch(PackageRef ref, List<PackageFile> batch, boolean isRepair)
      throws IOException, InterruptedException {
    List<Sources.Source> found = ask(ref, batch.stream().map(PackageFile::path).toList());
    Semaphore slots = new Semaphore(config.parallelFiles());
    List<Future<Boolean>> running = new ArrayList<>();
    try {
      for (int i = 0; i < batch.size(); i++) {
        PackageFile file = batch.get(i);
        List<String> urls = found.get(i).urls();
        slots.acquire();
        Callable<Boolean> one =
            () -> {
              try {
                return fetchOne(ref, file, urls, isRepair);
              } finally {
                slots.release();
              }
            };
        running.add(files.submit(one));
      }
      List<PackageFile> failed = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        if (!result(running.get(i))) {
          failed.add(batch.get(i));
        }
      }
      return failed;
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }

  private static boolean result(Future<Boolean> running) throws IOException, InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DiskFailedException disk) {
        throw disk;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean fetchOne(PackageRef ref, PackageFile file, List<String> urls, boolean isRepair)
      throws DiskFailedException, InterruptedException {
    for (String url : urls) {
      try (IncomingFile incoming = isRepair ? store.repair(ref, file) : store.fill(ref, file)) {
        fetcher.fetch(URI.create(url), file.bytes(), incoming);
        filesFetched.increment();
        return true;
      } catch (DiskFailedException e) {
        throw e;
      } catch (IOException | WrongBytesException | IllegalArgumentException e) {
        sourceFailed(ref, file.path(), url, e);
      }
    }
    return false;
  }

  private List<Sources.Source> ask(PackageRef ref, List<String> paths)
      throws IOException, InterruptedException {
    Sources answer =
        sources.sources(new SourcesRequest(ref.titleId(), ref.packageVersion(), paths));
    List<String> answered = answer.files().stream().map(Sources.Source::path).toList();
    if (!answered.equals(paths)) {
      throw new IOException("sources are of other files than asked for (expected: the same)");
    }
    return answer.files();
  }

  private static IOException sourceFailed(
      PackageRef ref, String path, String url, Exception reason) {
    // The query of a URL is the right to fetch it, and so may parts of the message be.
    String shown = withoutQuery(url);
    String message =
        reason instanceof IllegalArgumentException
            ? "source's URL is malformed"
            : reason.getClass().getSimpleName() + ": " + reason.getMessage();
    log.warn(
        "source=failed title={} package={} file={} source={} reason=\"{}\"",
        ref.titleId(),
        ref.packageVersion(),
        path,
        shown,
        message);
    return new IOException("source of " + path + " failed: " + message);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
