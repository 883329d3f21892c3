package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.Revocations;
import io.tributary.oca.fill.ContentPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node was told: withdrawals, configuration and plan, each fetched when an answer names
 * another version than the one obeyed, obeyed, and kept on disk.
 *
 * <p>{@link #follow} belongs to one thread; {@link #versions()} may be asked by any.
 */
final class Instructions {
  private static final Logger log = LoggerFactory.getLogger(Instructions.class);

  /** Pages of 500: a million packages. */
  private static final int MAX_PLAN_PAGES = 2_000;

  private final NodeMemory memory;
  private final ControlPlane controlPlane;
  private final NodeWork node;

  private volatile long configVersion;
  private volatile long contentVersion;
  private volatile long revocationVersion;
  private volatile boolean mustHearFirst;

  /** What is obeyed now; each 0 before the first. */
  record Versions(long config, long content, long revocation) {}

  Instructions(NodeMemory memory, ControlPlane controlPlane, NodeWork node) {
    this.memory = memory;
    this.controlPlane = controlPlane;
    this.node = node;
  }

  /** Obeys again what was told before this node stopped. */
  void recall() {
    memory.revocations.read().ifPresent(this::obey);
    memory.config.read().ifPresent(this::tryConfig);
    memory.plan.read().ifPresent(this::obey);
  }

  /** Nobody is served before withdrawals were heard: there may be new ones. */
  void hearFirst() {
    mustHearFirst = true;
    node.mayServe(false);
  }

  /** Withdrawals were heard; or nobody is there to tell any, and what is remembered must do. */
  void heard() {
    if (mustHearFirst) {
      mustHearFirst = false;
      node.mayServe(true);
    }
  }

  Versions versions() {
    return new Versions(configVersion, contentVersion, revocationVersion);
  }

  /**
   * Fetches and obeys what is new; what fails is asked for again by the next answer. Lists and
   * plans that are older than the obeyed ones come from a replica that is late, and are passed
   * over.
   */
  void follow(HeartbeatAnswer answer) throws IOException, InterruptedException {
    if (answer.revocationVersion() > revocationVersion || mustHearFirst) {
      Revocations revocations = controlPlane.revocations();
      if (revocations.revocationVersion() >= revocationVersion) {
        memory.revocations.keep(revocations);
        obey(revocations);
      }
      heard();
    }
    if (answer.configVersion() != configVersion) {
      NodeConfig fresh = controlPlane.config();
      if (tryConfig(fresh)) {
        memory.config.keep(fresh);
      }
    }
    if (answer.contentVersion() > contentVersion) {
      Optional<ContentPlan> fresh = readPlan();
      fresh
          .filter(plan -> plan.contentVersion() >= contentVersion)
          .ifPresent(plan -> {
            memory.plan.keep(plan);
            obey(plan);
          });
    }
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
    node.purge(new HashSet<>(revocations.purgedTitles()));
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
}
