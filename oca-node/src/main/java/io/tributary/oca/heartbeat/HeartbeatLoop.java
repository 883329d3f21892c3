package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.contracts.node.Revocations;
import io.tributary.oca.fill.Backoff;
import io.tributary.oca.fill.ContentPlan;
import io.tributary.oca.heartbeat.NodeMemory.Contact;
import io.tributary.oca.heartbeat.NodeMemory.Incarnation;
import io.tributary.oca.store.Corruption;
import io.tributary.oca.store.PackageStore.StoreInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps this node known: enrols it, renews its certificate, reports for ever, and fetches what an
 * answer says is new. Two threads: {@link #beat()} only reports, so that a slow plan or a long
 * inventory delays no heartbeat; {@link #sync()} does what the answers ask for.
 *
 * <p>Whatever goes wrong is tried again with growing waits; neither ends before {@link #close()}.
 */
public final class HeartbeatLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatLoop.class);

  /** Corruptions that wait to be reported; the store drops and repairs them meanwhile. */
  private static final int MAX_REPORTS = 1_000;

  /** Pages of 500: a million packages. */
  private static final int MAX_PLAN_PAGES = 2_000;

  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

  /** How often the time of the last answer goes to disk. */
  private static final Duration CONTACT_KEPT_EVERY = Duration.ofMinutes(1);

  private final ControlPlaneConfig config;
  private final String nodeId;
  private final @Nullable Path enrolmentTokenFile;
  private final NodeEndpoint endpoint;
  private final String softwareVersion;
  private final NodeMemory memory;
  private final ControlPlane controlPlane;
  private final NodeWork node;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;

  private final Semaphore wakeUps = new Semaphore(0);
  private final BlockingQueue<Corruption> corruptions = new ArrayBlockingQueue<>(MAX_REPORTS);

  private volatile @Nullable Identity identity;
  private volatile long configVersion;
  private volatile long contentVersion;
  private volatile long revocationVersion;
  private volatile @Nullable HeartbeatAnswer told;
  private volatile boolean drains;
  private volatile boolean isStopped;
  private volatile boolean mustHearFirst;
  private volatile Instant lastAnswer = Instant.EPOCH;

  private long incarnation;
  private long sequence;
  private NodeWork.Figures lastFigures = new NodeWork.Figures(0, 0, 0, 0);
  private long lastFiguresAt = System.nanoTime();

  /** A loop, not yet begun. */
  HeartbeatLoop(
      ControlPlaneConfig config,
      String nodeId,
      @Nullable Path enrolmentTokenFile,
      NodeEndpoint endpoint,
      String softwareVersion,
      NodeMemory memory,
      ControlPlane controlPlane,
      NodeWork node,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.nodeId = nodeId;
    this.enrolmentTokenFile = enrolmentTokenFile;
    this.endpoint = endpoint;
    this.softwareVersion = softwareVersion;
    this.memory = memory;
    this.controlPlane = controlPlane;
    this.node = node;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(config.firstRetryWait(), config.maxRetryWait());
  }

  /** A loop over HTTPS with its memory in that directory. */
  public static HeartbeatLoop overHttps(
      ControlPlaneConfig config,
      String nodeId,
      @Nullable Path enrolmentTokenFile,
      NodeEndpoint endpoint,
      String softwareVersion,
      Path stateDirectory,
      JsonMapper json,
      HttpControlPlane controlPlane,
      NodeWork node,
      InstantSource clock,
      RandomGenerator random) {
    return new HeartbeatLoop(
        config,
        nodeId,
        enrolmentTokenFile,
        endpoint,
        softwareVersion,
        new NodeMemory(stateDirectory, json),
        controlPlane,
        node,
        clock,
        random);
  }

  /**
   * Remembers what this node was told before it stopped, and obeys it. Called once, before the
   * threads.
   */
  public void recall() {
    memory.revocations.read().ifPresent(this::obey);
    memory.config.read().ifPresent(this::tryConfig);
    memory.plan.read().ifPresent(this::obey);
    identity = memory.identity.read().orElse(null);
    Identity known = identity;
    if (known != null) {
      node.servesUntil(known.notAfter());
    }
    Optional<Instant> contact = memory.contact.read().map(Contact::lastAnswer);
    mustHearFirst =
        contact.isPresent() && contact.get().plus(config.maxAbsence()).isBefore(clock.instant());
    node.mayServe(!mustHearFirst);
    long last = memory.incarnation.read().map(Incarnation::number).orElse(0L);
    incarnation = Incarnation.next(last, clock.millis());
    memory.incarnation.keep(new Incarnation(incarnation));
    log.info(
        "node={} incarnation={} configVersion={} contentVersion={} revocationVersion={}",
        nodeId,
        incarnation,
        configVersion,
        contentVersion,
        revocationVersion);
  }

  /** Reported when the control plane can be had; over the bound it is dropped from the queue. */
  public void corruptionFound(Corruption corruption) {
    if (!corruptions.offer(corruption)) {
      log.warn("corruption=unreported file={}/{}", corruption.ref().path(), corruption.path());
    }
    wakeUps.release();
  }

  /** When the control plane last answered; {@link Instant#EPOCH} if never in this run. */
  public Instant lastAnswer() {
    return lastAnswer;
  }

  /** Whether this node was told to drain. */
  public boolean drains() {
    return drains;
  }

  /** Whether this node has a certificate. */
  public boolean isEnrolled() {
    return identity != null;
  }

  /** Reports until closed; for a thread of its own. Never throws. */
  public void beat() {
    int failures = 0;
    while (!isStopped) {
      Duration wait;
      try {
        wait = beatOnce();
        failures = 0;
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        failures++;
        wait = backoff.after(failures, random);
        log.warn(
            "heartbeat=failed node={} failures={} nextMillis={} reason=\"{}\"",
            nodeId,
            failures,
            wait.toMillis(),
            e.toString());
      }
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Does what answers ask for until closed; for a thread of its own. Never throws. */
  public void sync() {
    while (!isStopped) {
      try {
        wakeUps.acquire();
        wakeUps.drainPermits();
        syncOnce();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // The next answer asks again.
        log.warn("sync=failed node={} reason=\"{}\"", nodeId, e.toString());
      }
    }
  }

  @Override
  public void close() {
    isStopped = true;
    wakeUps.release();
    controlPlane.close();
  }

  /** One report; returns when the next is due. */
  Duration beatOnce() throws IOException, InterruptedException {
    Identity known = ensureIdentity();
    HeartbeatAnswer answer = controlPlane.heartbeat(report(known));
    Instant now = clock.instant();
    if (lastAnswer.plus(CONTACT_KEPT_EVERY).isBefore(now)) {
      memory.contact.keep(new Contact(now));
    }
    if (lastAnswer.equals(Instant.EPOCH)) {
      log.info("heartbeat=answered node={} site={}", known.nodeId(), known.siteId());
    }
    lastAnswer = now;
    if (drains != answer.drain()) {
      log.info("drain={} node={}", answer.drain(), nodeId);
      drains = answer.drain();
      node.drain(answer.drain());
    }
    told = answer;
    wakeUps.release();
    Duration next = Duration.ofMillis(answer.nextHeartbeatMillis());
    return next.compareTo(MIN_INTERVAL) < 0
        ? MIN_INTERVAL
        : next.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : next;
  }

  /** What the last answer asked for, once. */
  void syncOnce() throws IOException, InterruptedException {
    reportCorruptions();
    HeartbeatAnswer answer = told;
    if (answer == null) {
      return;
    }
    if (answer.revocationVersion() != revocationVersion || mustHearFirst) {
      Revocations revocations = controlPlane.revocations();
      obey(revocations);
      memory.revocations.keep(revocations);
      if (mustHearFirst) {
        mustHearFirst = false;
        node.mayServe(true);
      }
    }
    if (answer.configVersion() != configVersion) {
      NodeConfig fresh = controlPlane.config();
      if (tryConfig(fresh)) {
        memory.config.keep(fresh);
      }
    }
    if (answer.contentVersion() != contentVersion) {
      Optional<ContentPlan> fresh = readPlan();
      fresh.ifPresent(plan -> {
        memory.plan.keep(plan);
        obey(plan);
      });
    }
    if (answer.inventoryWanted()) {
      sendInventory();
    }
    told = null;
  }

  private Identity ensureIdentity() throws IOException, InterruptedException {
    Identity known = identity;
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.notAfter())) {
      controlPlaneAs(known);
      if (now.isAfter(known.renewAfter())) {
        return renewed(known);
      }
      return known;
    }
    if (known != null) {
      log.warn("certificate=over node={} since={}", nodeId, known.notAfter());
    }
    return enrolled();
  }

  private @Nullable Identity calledAs;
  private boolean isCalled;

  private void controlPlaneAs(@Nullable Identity caller) throws IOException {
    if (!isCalled || (caller == null ? calledAs != null : !caller.equals(calledAs))) {
      controlPlane.become(caller);
      calledAs = caller;
      isCalled = true;
    }
  }

  private Identity enrolled() throws IOException, InterruptedException {
    String token = enrolmentToken();
    // Kept before it is used: if the answer is lost, the same key asks again.
    NodeKeys.StoredKey key = memory.pendingKey.read().orElse(null);
    if (key == null) {
      key = NodeKeys.generate();
      memory.pendingKey.write(key);
    }
    controlPlaneAs(null);
    NodeCertificate certificate =
        controlPlane.enrol(new EnrolmentRequest(token, NodeKeys.certificateRequest(key, nodeId)));
    Identity fresh = adopt(key, certificate);
    log.info(
        "node={} site={} enrolled=true certificateEnd={}",
        fresh.nodeId(),
        fresh.siteId(),
        fresh.notAfter());
    return fresh;
  }

  private Identity renewed(Identity known) throws InterruptedException {
    NodeKeys.StoredKey key = NodeKeys.generate();
    try {
      NodeCertificate certificate =
          controlPlane.renew(new RenewalRequest(NodeKeys.certificateRequest(key, known.nodeId())));
      Identity fresh = adopt(key, certificate);
      log.info("node={} renewed=true certificateEnd={}", fresh.nodeId(), fresh.notAfter());
      return fresh;
    } catch (IOException e) {
      // The present certificate is good for a while; the next heartbeat tries again.
      log.warn("certificate=unrenewed node={} reason=\"{}\"", nodeId, e.toString());
      return known;
    }
  }

  private Identity adopt(NodeKeys.StoredKey key, NodeCertificate certificate) throws IOException {
    if (!NodeKeys.belong(key, certificate.certificateChain())) {
      throw new IOException("certificate is for another key (expected: this node's)");
    }
    Identity fresh =
        new Identity(
            certificate.nodeId(),
            certificate.siteId(),
            key,
            certificate.certificateChain(),
            certificate.notAfter(),
            certificate.renewAfter());
    memory.identity.write(fresh);
    if (!fresh.nodeId().equals(nodeId)) {
      log.warn("oca.node-id is {} (expected: {}, as its token says)", nodeId, fresh.nodeId());
    }
    identity = fresh;
    node.servesUntil(fresh.notAfter());
    controlPlaneAs(fresh);
    return fresh;
  }

  private String enrolmentToken() throws IOException {
    Path file = enrolmentTokenFile;
    if (file == null) {
      throw new IOException("oca.enrolment-token-file is missing (expected: a file)");
    }
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("oca.enrolment-token-file is " + file + " (expected: a file)", e);
    }
  }

  private Heartbeat report(Identity known) {
    StoreInventory inventory = node.inventory();
    Optional<String> trouble = node.trouble();
    sequence++;
    return new Heartbeat(
        known.nodeId(),
        incarnation,
        sequence,
        clock.instant(),
        softwareVersion,
        List.of(endpoint),
        drains
            ? NodeCondition.DRAINING
            : trouble.isPresent() ? NodeCondition.DEGRADED : NodeCondition.OK,
        trouble.orElse(null),
        node.capacity(),
        load(),
        configVersion,
        contentVersion,
        revocationVersion,
        inventory.digest(),
        inventory.packages().size(),
        0);
  }

  private NodeLoad load() {
    NodeWork.Figures figures = node.figures();
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lastFiguresAt) / (double) TimeUnit.SECONDS.toNanos(1));
    NodeLoad load =
        new NodeLoad(
            (long) ((figures.bytesSent() - lastFigures.bytesSent()) * 8 / seconds),
            figures.connections(),
            figures.bytesHeld(),
            (long) ((figures.bytesFilled() - lastFigures.bytesFilled()) * 8 / seconds));
    lastFigures = figures;
    lastFiguresAt = now;
    return load;
  }

  private boolean tryConfig(NodeConfig fresh) {
    try {
      node.configure(fresh);
      configVersion = fresh.configVersion();
      return true;
    } catch (IllegalArgumentException e) {
      log.error(
          "config=refused version={} kept={} reason=\"{}\"",
          fresh.configVersion(),
          configVersion,
          e.getMessage());
      return false;
    }
  }

  private void obey(Revocations revocations) {
    node.revoke(new HashSet<>(revocations.playbackIds()));
    revocationVersion = revocations.revocationVersion();
  }

  private void obey(ContentPlan plan) {
    node.plan(plan);
    contentVersion = plan.contentVersion();
  }

  /** The whole plan, or none when it changed under the reading: the next answer asks again. */
  private Optional<ContentPlan> readPlan() throws IOException, InterruptedException {
    List<PlannedPackage> packages = new ArrayList<>();
    Plan page = controlPlane.plan(null);
    long version = page.contentVersion();
    for (int pages = 1; ; pages++) {
      packages.addAll(page.packages());
      String next = page.nextCursor();
      if (next == null) {
        return Optional.of(new ContentPlan(version, packages));
      }
      if (pages >= MAX_PLAN_PAGES) {
        throw new IOException("plan has more than " + MAX_PLAN_PAGES + " pages (expected: fewer)");
      }
      page = controlPlane.plan(next);
      if (page.contentVersion() != version) {
        return Optional.empty();
      }
    }
  }

  private void sendInventory() throws IOException, InterruptedException {
    Identity known = identity;
    if (known == null) {
      return;
    }
    StoreInventory inventory = node.inventory();
    List<HeldPackage> all =
        inventory.packages().stream()
            .map(held ->
                new HeldPackage(
                    held.ref().titleId(), held.ref().packageVersion(), held.manifestSha256()))
            .toList();
    int pages = Math.max(1, Math.ceilDiv(all.size(), Inventory.MAX_PACKAGES));
    for (int page = 0; page < pages; page++) {
      int from = page * Inventory.MAX_PACKAGES;
      controlPlane.inventory(
          new Inventory(
              known.nodeId(),
              incarnation,
              contentVersion,
              inventory.digest(),
              page,
              pages,
              all.subList(from, Math.min(all.size(), from + Inventory.MAX_PACKAGES))));
    }
  }

  private void reportCorruptions() throws IOException, InterruptedException {
    Identity known = identity;
    if (known == null) {
      return;
    }
    for (Corruption one = corruptions.peek(); one != null; one = corruptions.peek()) {
      controlPlane.corruption(
          new CorruptionReport(
              known.nodeId(),
              one.ref().titleId(),
              one.ref().packageVersion(),
              one.path(),
              one.foundBy(),
              one.foundAt()));
      corruptions.poll();
    }
  }
}
