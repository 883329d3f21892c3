package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.oca.fill.WaitingPackages.Wait;
import io.tributary.oca.store.DiskFailedException;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import io.tributary.oca.store.PackageStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private static final Duration LEAST_WAIT = Duration.ofMillis(10);

  private final FillConfig config;
  private final Duration deleteAfter;
  private final PackageStore store;
  private final PackageFetcher fetcher;
  private final PackageFill packages;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Semaphore wakeUps = new Semaphore(0);
  private final WaitingPackages waiting;
  private final LongAdder packagesFilled = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** Between a look at the plan and the deletion that it asks for, there is no other plan. */
  private final Object deletions = new Object();

  private volatile ContentPlan plan = ContentPlan.NONE;
  private volatile Set<String> purgedTitles = Set.of();
  private volatile boolean isDraining;
  private volatile @Nullable String trouble;
  private volatile boolean isStopped;

  private Map<PackageRef, Instant> unplanned = Map.of();
  private int brokenLooks;

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
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(config.firstRetryWait(), config.maxRetryWait());
    this.fetcher = new PackageFetcher(config, sources, rate, backoff, random);
    this.packages = new PackageFill(store, manifests, fetcher);
    this.waiting = new WaitingPackages(backoff, config.attempts(), random);
  }

  /** A new plan; it is looked at soon. What it has is not deleted from now on. */
  public void plan(ContentPlan newPlan) {
    synchronized (deletions) {
      plan = newPlan;
    }
    wake();
  }

  /** Titles of which everything is to go; looked at soon. */
  public void purge(Set<String> titleIds) {
    synchronized (deletions) {
      purgedTitles = Set.copyOf(titleIds);
    }
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
    return fetcher.filesFetched();
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
      Duration next = waiting.next(config.lookEvery(), clock.instant());
      return next.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : next;
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
    fetcher.close();
  }

  /** Compares plan and store once, and does what is to be done and not to be waited for. */
  void reconcile() throws InterruptedException {
    Instant now = clock.instant();
    ContentPlan current = plan;
    Set<String> purged = purgedTitles;
    String found = null;
    List<PackageRef> begun = List.of();
    try {
      begun = store.begun();
    } catch (DiskFailedException e) {
      // What was begun and is not wanted stays for now; the rest is done as far as the disk lets.
      found = diskTrouble(e);
    }
    FillDecision todo =
        FillDecision.of(current, store.held(), begun, purged, unplanned, deleteAfter, now);
    unplanned = todo.unplanned();
    for (PackageRef ref : todo.delete()) {
      try {
        synchronized (deletions) {
          if (isNewer(current, purged)) {
            wake();
            return;
          }
          store.delete(ref);
        }
      } catch (DiskFailedException e) {
        found = diskTrouble(e);
      }
    }
    List<PlannedPackage> work = new ArrayList<>(todo.repair());
    if (!isDraining) {
      work.addAll(todo.fill());
    }
    // Whose turn will not come is not waited for.
    waiting.retain(work.stream().map(PlannedPackage::ref).collect(Collectors.toSet()));
    for (PlannedPackage planned : work) {
      if (isStopped || isNewer(current, purged)) {
        // A newer plan may not want this any more.
        wake();
        return;
      }
      Optional<Wait> wait = waiting.of(planned.ref(), clock.instant());
      if (wait.isPresent()) {
        found = found == null ? wait.get().trouble() : found;
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

  private boolean isNewer(ContentPlan current, Set<String> purged) {
    return !plan.equals(current) || !purgedTitles.equals(purged);
  }

  /** Fills or repairs a package; returns the disk's trouble if that kept it away. */
  private @Nullable String bring(PlannedPackage planned, boolean isRepair)
      throws InterruptedException {
    try {
      if (isRepair) {
        packages.repair(planned.ref());
      } else {
        packages.fill(planned);
        packagesFilled.increment();
      }
      waiting.done(planned.ref());
      return null;
    } catch (DiskFailedException e) {
      String disk = diskTrouble(e);
      putOff(planned, e, disk);
      // Told at once: what else there is to do may take hours.
      trouble = disk;
      return disk;
    } catch (IOException | BadManifestException e) {
      putOff(planned, e, null);
      return null;
    }
  }

  private static String diskTrouble(DiskFailedException e) {
    return "disk: " + e.getMessage();
  }

  private void putOff(PlannedPackage planned, Exception reason, @Nullable String diskTrouble) {
    failures.increment();
    Instant now = clock.instant();
    Wait wait = waiting.failed(planned.ref(), diskTrouble, now);
    log.warn(
        "package=waits title={} package={} failures={} nextTryMillis={} reason=\"{}\"",
        planned.titleId(),
        planned.packageVersion(),
        wait.failures(),
        Duration.between(now, wait.until()).toMillis(),
        reason.getMessage());
  }
}
