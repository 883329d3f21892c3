package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.CorruptionReport;
import io.tributary.oca.fill.Backoff;
import io.tributary.oca.heartbeat.ControlPlane.RefusedException;
import io.tributary.oca.store.Corruption;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the control plane of corrupted files, by a thread of its own: a report that cannot be
 * delivered delays nothing that this node must obey, and no other report.
 *
 * <p>One that is refused for good is dropped; any other goes behind those that wait and is tried
 * again, after growing waits. {@link #run()} is for one thread, {@link #add} for any.
 */
final class CorruptionReports {
  /** What is over it is dropped and repaired all the same, and the next inventory tells of it. */
  private static final int MAX_WAITING = 1_000;

  /** Refusals of this moment: request timeout, too early, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static final Logger log = LoggerFactory.getLogger(CorruptionReports.class);

  private final ControlPlane controlPlane;
  private final Enrolment enrolment;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final BlockingQueue<Corruption> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  CorruptionReports(
      ControlPlane controlPlane, Enrolment enrolment, Backoff backoff, RandomGenerator random) {
    this.controlPlane = controlPlane;
    this.enrolment = enrolment;
    this.backoff = backoff;
    this.random = random;
  }

  /** To be reported when the control plane can be had; over the bound it is only logged. */
  void add(Corruption corruption) {
    if (!waiting.offer(corruption)) {
      log.warn("corruption=unreported file={}/{}", corruption.ref().path(), corruption.path());
    }
  }

  /** Reports until interrupted; never throws. */
  void run() {
    int failures = 0;
    try {
      while (true) {
        Corruption next = waiting.take();
        if (isSettled(next)) {
          failures = 0;
        } else {
          add(next);
          failures++;
          Thread.sleep(backoff.after(failures, random));
        }
      }
    } catch (InterruptedException e) {
      log.debug("corruptions={} unreported at the end", waiting.size());
    }
  }

  private boolean isSettled(Corruption corruption) throws InterruptedException {
    try {
      report(corruption);
      return true;
    } catch (RefusedException e) {
      boolean isForGood = e.status() / 100 == 4 && !PASSING.contains(e.status());
      warn(isForGood ? "refused" : "unheard", corruption, e);
      return isForGood;
    } catch (IOException | RuntimeException e) {
      warn("unheard", corruption, e);
      return false;
    }
  }

  private void report(Corruption corruption) throws IOException, InterruptedException {
    Identity sender =
        enrolment
            .identity()
            .orElseThrow(() -> new IOException("this node is not enrolled (expected: it is)"));
    controlPlane.corruption(
        new CorruptionReport(
            sender.nodeId(),
            corruption.ref().titleId(),
            corruption.ref().packageVersion(),
            corruption.path(),
            corruption.foundBy(),
            corruption.foundAt()));
  }

  private static void warn(String outcome, Corruption corruption, Exception reason) {
    log.warn(
        "corruption={} file={}/{} reason=\"{}\"",
        outcome,
        corruption.ref().path(),
        corruption.path(),
        reason.toString());
  }
}
