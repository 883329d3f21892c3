package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.NodeView;
import io.tributary.contracts.admin.PutAccount;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.contracts.admin.PutSite;
import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.door.AdminDoor;
import io.tributary.fleet.door.HttpAdminDoor;
import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final String NETWORK = "local";

  private final FleetContext fleet;
  private final FastStart fastStart;
  private final FleetStarter starter;
  private final AdminDoor admin;
  private final Progress progress;

  /** Brings this fleet up. */
  public FleetUp(FleetContext fleet, FastStart fastStart, Progress progress) throws IOException {
    this.fleet = fleet;
    this.fastStart = fastStart;
    this.starter = new FleetStarter(fleet, fastStart);
    this.admin = new HttpAdminDoor(fleet.http(), fleet.adminBaseUrl(), fleet.operatorToken());
    this.progress = progress;
  }

  /** Starts every process that can start, and the rest as soon as it can; all are ready after. */
  public void startAll() throws IOException, InterruptedException {
    List<Definition> missing = starter.missing();
    starter.checkRoom(missing);
    List<Service> slow = fastStart.missing();
    if (!slow.isEmpty() && !missing.isEmpty()) {
      progress.stage("preparing fast start (once after a build)");
      fastStart.prepare(slow, line -> progress.tell("    " + line));
    }
    progress.stage("starting " + missing.size() + " processes");
    List<Definition> strangers = new ArrayList<>();
    for (Definition definition : missing) {
      Member member = definition.member();
      if (member.service() == Service.NODE && !starter.isEnrolled(member)) {
        strangers.add(definition);
      } else {
        starter.start(definition);
      }
    }
    if (missing.stream().noneMatch(d -> d.member().service() == Service.FAULT_PROXY)) {
      fleet.faults().serve(fleet.definition().proxyTargets());
    }
    progress.stage("waiting for Cassandra, Kafka and the object store");
    starter.awaitReady(running(Set.of(Service.NODE), strangers, false), READY_AT_MOST, progress);
    progress.stage("waiting for the services");
    starter.awaitReady(running(Set.of(), strangers, true), READY_AT_MOST, progress);
    if (!strangers.isEmpty()) {
      progress.stage("letting " + strangers.size() + " nodes join");
      enrol(strangers);
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

  private void enrol(List<Definition> nodes) throws IOException, InterruptedException {
    insist(
        "the control plane",
        () -> {
          admin.putNetwork(NETWORK, new PutNetwork("This machine", 0));
          admin.putSite("site-a", new PutSite(NETWORK, "Site A"));
          admin.putSite("site-b", new PutSite(NETWORK, "Site B"));
          return Optional.of(true);
        });
    for (Definition node : nodes) {
      String site = FleetPlan.site(node.member().instance());
      String token =
          insist(
              "an enrolment token for " + node.name(),
              () -> Optional.of(admin.enrolmentToken(node.name(), site).token()));
      fleet.keys().keepEnrolmentToken(node.name(), token);
      starter.start(node);
    }
  }

  /** Waits until the control plane holds every node of the plan for healthy. */
  public void awaitNodes() throws IOException, InterruptedException {
    progress.stage("waiting for the nodes to be healthy");
    int wanted = fleet.plan().count(Service.NODE);
    insist(
        "healthy nodes",
        () -> {
          List<NodeView> nodes = admin.nodes();
          long healthy = nodes.stream().filter(node -> node.state().equals("healthy")).count();
          progress.waitingFor(healthy + " of " + wanted);
          return healthy >= wanted ? Optional.of(true) : Optional.empty();
        });
  }

  /** Makes the accounts that are missing. */
  public void makeAccounts() throws IOException, InterruptedException {
    progress.stage("making sure of the accounts");
    makeAccount(VIEWER, List.of(PutAccount.EVERY_TITLE));
    makeAccount(GUEST, List.of());
  }

  private void makeAccount(String account, List<String> entitlements)
      throws IOException, InterruptedException {
    insist(
        "the account " + account,
        () -> {
          if (!admin.accountExists(account)) {
            admin.putAccount(account, new PutAccount(entitlements));
          }
          return Optional.of(true);
        });
  }

  /** The titles there are. */
  public List<AdminTitle> titles() throws IOException, InterruptedException {
    return insist("the titles", () -> Optional.of(admin.titles()));
  }

  /** Waits until a viewer is let play this title. */
  public void awaitPlayable(String titleId) throws IOException, InterruptedException {
    progress.stage("waiting until " + titleId + " can play");
    String token = fleet.viewerToken(VIEWER);
    insist(
        "a play of " + titleId,
        () -> {
          HttpRequest request =
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + fleet.plan().ports().publicPort(Door.GATEWAY, 1)
                              + "/api/v1/playbacks"))
                  .timeout(CALL_TIMEOUT)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"titleId\":\"" + titleId + "\"}"))
                  .build();
          HttpResponse<String> response = fleet.http().send(request, BodyHandlers.ofString());
          if (response.statusCode() == 201) {
            return Optional.of(true);
          }
          throw new IOException("answered " + response.statusCode() + " " + response.body());
        });
  }

  /** Something that a starting fleet may refuse for a while. */
  @FunctionalInterface
  private interface Attempt<T> {
    Optional<T> run() throws IOException, InterruptedException;
  }

  private <T> T insist(String what, Attempt<T> attempt) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_AT_MOST.toNanos();
    String last = "not yet";
    while (true) {
      try {
        Optional<T> done = attempt.run();
        if (done.isPresent()) {
          return done.get();
        }
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
        progress.waitingFor(what + ": " + last);
      }
      if (System.nanoTime() > deadline) {
        throw new FleetException(
            "no %s after %d s: %s. Look at: ./tributary status, and ./tributary logs NAME"
                .formatted(what, READY_AT_MOST.toSeconds(), last));
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
  }
}
