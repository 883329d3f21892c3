package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.door.PublicDoor;
import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings a fleet up from whatever state it is in: starts what does not run, makes what every local
 * fleet has (a network, two sites, its nodes' identities, two accounts), and waits until a viewer
 * can play. The caller holds the fleet's lock. Repeating it changes nothing.
 */
public final class FleetUp {

  /** May play every title. */
  public static final String VIEWER = "demo";

  /** May play none. */
  public static final String GUEST = "guest";

  /** Without archives, on a busy machine, a start of everything has taken a minute and a half. */
  private static final Duration READY_AT_MOST = Duration.ofMinutes(4);

  private static final int NOT_FOUND = 404;

  private final FleetContext fleet;
  private final FastStart fastStart;
  private final FleetStarter starter;
  private final NodeInvitation invitation;
  private final AdminClient admin;
  private final Patience patience;
  private final Progress progress;

  /** Brings this fleet up. */
  public FleetUp(FleetContext fleet, FastStart fastStart, Progress progress) throws IOException {
    this.fleet = fleet;
    this.fastStart = fastStart;
    this.starter = new FleetStarter(fleet, fastStart);
    this.admin = fleet.admin();
    this.patience = new Patience(READY_AT_MOST, progress);
    this.invitation = new NodeInvitation(fleet, patience);
    this.progress = progress;
  }

  /** Starts every process that can start, and the rest as soon as it can; all are ready after. */
  public void startAll() throws IOException, InterruptedException {
    starter.checkNoneIsFrozen();
    List<Definition> missing = starter.missing();
    starter.checkRoom(missing);
    if (!fastStart.missing().isEmpty() && !missing.isEmpty()) {
      progress.stage("preparing fast start (once after a build)");
      fastStart.prepare(line -> progress.tell("    " + line));
    }
    progress.stage("starting " + missing.size() + " processes");
    List<Definition> strangers = new ArrayList<>();
    for (Definition definition : missing) {
      Member member = definition.member();
      if (member.service() == Service.NODE && invitation.needs(member, READY_AT_MOST)) {
        strangers.add(definition);
      } else {
        starter.start(definition);
      }
    }
    if (missing.stream().noneMatch(d -> d.member().service() == Service.FAULT_PROXY)) {
      fleet.faults().serve(fleet.definition().proxyTargets());
      warnOfFaults();
    }
    progress.stage("waiting for Cassandra, Kafka and the object store");
    starter.awaitReady(running(Set.of(Service.NODE), strangers, false), READY_AT_MOST, progress);
    progress.stage("waiting for the services");
    starter.awaitReady(running(Set.of(), strangers, true), READY_AT_MOST, progress);
    if (!strangers.isEmpty()) {
      progress.stage("letting " + strangers.size() + " nodes join");
      for (Definition stranger : strangers) {
        invitation.invite(stranger.member());
        starter.start(stranger);
      }
      starter.awaitReady(strangers, READY_AT_MOST, progress);
    }
  }

  private List<Definition> running(Set<Service> not, List<Definition> without, boolean services) {
    return fleet.definition().all().stream()
        .filter(definition -> !without.contains(definition))
        .filter(definition -> !not.contains(definition.member().service()))
        .filter(definition -> services == definition.member().service().replicated())
        .toList();
  }

  /**
   * Waits until the control plane holds every node of the plan for healthy, but for those that an
   * operator drained or revoked.
   */
  public void awaitNodes() throws IOException, InterruptedException {
    progress.stage("waiting for the nodes to be healthy");
    Map<String, NodeView> nodes =
        patience.await(
            "healthy nodes",
            () -> {
              Map<String, NodeView> known = new TreeMap<>();
              admin.nodes().forEach(node -> known.put(node.id(), node));
              for (Member member : fleet.plan().members(Service.NODE)) {
                NodeView node = known.get(member.name());
                if (node == null || !(node.state().equals("healthy") || isSetAside(node))) {
                  throw new IOException(
                      member.name() + " " + (node == null ? "is not known" : words(node)));
                }
              }
              return Optional.of(known);
            });
    for (NodeView node : nodes.values()) {
      if (isSetAside(node)) {
        progress.tell("  " + node.id() + " " + words(node));
      }
    }
  }

  /** No waiting makes it healthy. One that drains for another reason will be. */
  private static boolean isSetAside(NodeView node) {
    return node.state().equals("revoked")
        || (node.state().equals("draining")
            && node.reason().equals(NodeVerdict.DRAINED_BY_OPERATOR));
  }

  private static String words(NodeView node) {
    return "is " + node.state() + (node.reason().isEmpty() ? "" : " (" + node.reason() + ")");
  }

  /** Faults of an earlier time go on, and waiting does not end them. */
  private void warnOfFaults() throws IOException, InterruptedException {
    for (String name : fleet.faults().faulty()) {
      progress.tell(
          "  there is a fault before %s. End it: %s"
              .formatted(name, fleet.word("fault " + name + " --off")));
    }
  }

  /** Makes the accounts that are missing. */
  public void makeAccounts() throws IOException, InterruptedException {
    progress.stage("making sure of the accounts");
    makeAccount(VIEWER, List.of(PutAccount.EVERY_TITLE));
    makeAccount(GUEST, List.of());
  }

  private void makeAccount(String account, List<String> entitlements)
      throws IOException, InterruptedException {
    patience.await(
        "the account " + account,
        () -> {
          try {
            return Optional.of(admin.account(account));
          } catch (AdminException e) {
            if (e.status() == NOT_FOUND) {
              admin.putAccount(account, new PutAccount(entitlements));
            }
            throw e;
          }
        });
  }

  /** The titles there are. */
  public List<AdminTitle> titles() throws IOException, InterruptedException {
    return patience.await("the titles", () -> Optional.of(admin.titles()));
  }

  /** Waits until a viewer is let play this title. */
  public void awaitPlayable(String titleId) throws IOException, InterruptedException {
    progress.stage("waiting until " + titleId + " can play");
    PublicDoor door = fleet.publicDoor();
    patience
        .forPlays()
        .await("play of " + titleId, () -> Optional.of(door.createPlayback(titleId)));
  }
}
