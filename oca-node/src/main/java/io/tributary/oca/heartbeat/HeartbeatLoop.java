package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.oca.fill.Backoff;
import io.tributary.oca.heartbeat.Instructions.Versions;
import io.tributary.oca.heartbeat.NodeMemory.Contact;
import io.tributary.oca.heartbeat.NodeMemory.Drain;
import io.tributary.oca.store.Corruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps this node known: when to report, and when to try again. Three threads: {@link #beat()} only
 * reports, so that a slow plan or a long inventory delays no heartbeat; {@link #sync()} does what
 * the answers ask for; {@link #report()} tells of corruptions, which nobody waits for. Who reports
 * is {@link Enrolment}'s, what is reported {@link Reports}' and {@link CorruptionReports}', and
 * what is obeyed {@link Instructions}' concern.
 *
 * <p>Whatever goes wrong is tried again with growing waits; none ends before {@link #close()}.
 */
public final class HeartbeatLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatLoop.class);

  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

  /**
   * How long a starting node that was not long away serves nobody while the control plane does not
   * answer: several tries to hear what was withdrawn meanwhile. Its viewers have other nodes.
   */
  private static final Duration HEARING_PATIENCE = Duration.ofSeconds(10);

  /** How often the time of the last answer goes to disk. */
  private static final Duration CONTACT_KEPT_EVERY = Duration.ofMinutes(1);

  private final ControlPlaneConfig config;
  private final String nodeId;
  private final NodeMemory memory;
  private final ControlPlane controlPlane;
  private final NodeWork node;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Enrolment enrolment;
  private final Instructions instructions;
  private final Reports reports;
  private final CorruptionReports corruptions;

  private final Semaphore wakeUps = new Semaphore(0);

  private final AtomicReference<@Nullable HeartbeatAnswer> told = new AtomicReference<>();
  private volatile boolean drains;
  private volatile boolean isStopped;
  private volatile Instant lastAnswer = Instant.EPOCH;
  private volatile Instant hearingUntil = Instant.MAX;

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
    this.memory = memory;
    this.controlPlane = controlPlane;
    this.node = node;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(config.firstRetryWait(), config.maxRetryWait());
    this.enrolment = new Enrolment(nodeId, enrolmentTokenFile, memory, controlPlane, node, clock);
    this.instructions = new Instructions(memory, controlPlane, node);
    this.reports = new Reports(endpoint, softwareVersion, memory, controlPlane, node, clock);
    this.corruptions = new CorruptionReports(controlPlane, enrolment, backoff, random);
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
    instructions.recall();
    enrolment.recall();
    if (memory.drain.read().map(Drain::drains).orElse(false)) {
      drain(true);
    }
    Optional<Instant> contact = memory.contact.read().map(Contact::lastAnswer);
    Instant now = clock.instant();
    boolean wasLongAway =
        contact.isPresent() && contact.get().plus(config.maxAbsence()).isBefore(now);
    hearingUntil = wasLongAway ? Instant.MAX : now.plus(HEARING_PATIENCE);
    instructions.hearFirst();
    long incarnation = reports.begin();
    Versions obeyed = instructions.versions();
    log.info(
        "node={} incarnation={} configVersion={} contentVersion={} revocationVersion={}",
        nodeId,
        incarnation,
        obeyed.config(),
        obeyed.content(),
        obeyed.revocation());
  }

  /**
   * Whether this node can ever report.
   *
   * @throws IOException if it has neither joined nor a token to join with; names the setting
   */
  public void checkIdentity() throws IOException {
    enrolment.check();
  }

  /** Reported when the control plane can be had; over the bound it is dropped from the queue. */
  public void corruptionFound(Corruption corruption) {
    corruptions.add(corruption);
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
    return enrolment.identity().isPresent();
  }

  /** When its certificate ends, after which it is named nowhere. */
  public Optional<Instant> certificateEnd() {
    return enrolment.identity().map(Identity::notAfter);
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
        wait = waitAfter(e, failures);
        log.warn(
            "heartbeat=failed node={} failures={} nextMillis={} reason=\"{}\"",
            nodeId,
            failures,
            wait.toMillis(),
            e.toString());
        serveUnheard();
      }
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What the node door asked for, and up to a second more, since it asks in whole seconds. */
  Duration waitAfter(Exception failure, int failures) {
    Duration own = backoff.after(failures, random);
    if (failure instanceof ControlPlane.RefusedException refused
        && refused.retryAfter().isPositive()) {
      Duration asked = refused.retryAfter().plusMillis(random.nextLong(1_000));
      return asked.compareTo(own) > 0 ? asked : own;
    }
    return own;
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

  /** Tells of corruptions until interrupted; for a thread of its own. Never throws. */
  public void report() {
    corruptions.run();
  }

  @Override
  public void close() {
    isStopped = true;
    wakeUps.release();
    controlPlane.close();
  }

  /** One report; returns when the next is due. */
  Duration beatOnce() throws IOException, InterruptedException {
    Identity known = enrolment.ensure();
    HeartbeatAnswer answer =
        controlPlane.heartbeat(reports.heartbeat(known, drains, instructions.versions()));
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
      drain(answer.drain());
      memory.drain.keep(new Drain(answer.drain()));
    }
    told.set(answer);
    wakeUps.release();
    Duration next = Duration.ofMillis(answer.nextHeartbeatMillis());
    return next.compareTo(MIN_INTERVAL) < 0
        ? MIN_INTERVAL
        : next.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : next;
  }

  /** With nobody there to tell of withdrawals, what is remembered must do: after a while. */
  void serveUnheard() {
    if (!clock.instant().isBefore(hearingUntil)) {
      instructions.heard();
    }
  }

  private void drain(boolean told) {
    drains = told;
    node.drain(told);
  }

  /** What the last answer asked for, once. */
  void syncOnce() throws IOException, InterruptedException {
    HeartbeatAnswer answer = told.getAndSet(null);
    if (answer == null) {
      return;
    }
    instructions.follow(answer);
    Optional<Identity> sender = enrolment.identity();
    if (answer.inventoryWanted() && sender.isPresent()) {
      reports.sendInventory(sender.get(), instructions.versions(), answer.inventoryDigest());
    }
    if (answer.routesWanted() && sender.isPresent()) {
      reports.sendRoutes(sender.get());
    }
  }
}
