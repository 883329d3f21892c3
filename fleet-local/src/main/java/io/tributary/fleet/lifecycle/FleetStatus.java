package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.NodeView;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.probe.Probing;
import io.tributary.fleet.process.ProcessState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet is like now; the shape that {@code status --json} prints.
 *
 * @param ready whether every process is healthy
 * @param gateway where the page and the public API are
 * @param processes every process of the plan
 * @param nodes as the control plane knows them; empty while it does not answer
 * @param titles as playback knows them; empty while it does not answer
 */
public record FleetStatus(
    boolean ready,
    String gateway,
    List<ProcessStatus> processes,
    List<NodeStatus> nodes,
    List<TitleStatus> titles) {

  /**
   * One process.
   *
   * @param name that the other words take
   * @param service what it is
   * @param instance which of them, from 1
   * @param region the fleet
   * @param pid null when it does not run
   * @param port that clients know
   * @param healthy whether it can do its work
   */
  public record ProcessStatus(
      String name,
      String service,
      int instance,
      String region,
      @Nullable Long pid,
      int port,
      boolean healthy) {}

  /** One node: see {@link NodeView}. */
  public record NodeStatus(
      String id, String site, @Nullable String baseUrl, String state, int packagesHeld) {}

  /** One title: see {@link AdminTitle}. */
  public record TitleStatus(String id, String name, long durationMillis, boolean playable) {}

  /** Looks at everything now; what does not answer is left out, never thrown. */
  public static FleetStatus of(FleetContext fleet) throws IOException, InterruptedException {
    Probing probing = new Probing(fleet.http());
    AdminClient admin = fleet.admin();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ProcessStatus>> looking = new ArrayList<>();
      for (Definition definition : fleet.definition().all()) {
        looking.add(executor.submit(() -> process(fleet, definition, probing)));
      }
      boolean gatewayRuns = fleet.gateway().isPresent();
      Future<List<NodeStatus>> nodes =
          executor.submit(() -> gatewayRuns ? nodes(admin) : List.<NodeStatus>of());
      Future<List<TitleStatus>> titles =
          executor.submit(() -> gatewayRuns ? titles(admin) : List.<TitleStatus>of());
      List<ProcessStatus> processes = new ArrayList<>();
      for (Future<ProcessStatus> process : looking) {
        processes.add(process.get());
      }
      return new FleetStatus(
          processes.stream().allMatch(ProcessStatus::healthy),
          fleet.plan().publicBaseUrl(),
          List.copyOf(processes),
          nodes.get(),
          titles.get());
    } catch (ExecutionException e) {
      throw new IOException("the fleet cannot be looked at: " + e.getMessage(), e);
    }
  }

  private static ProcessStatus process(FleetContext fleet, Definition definition, Probing probing)
      throws IOException, InterruptedException {
    Long pid = null;
    boolean healthy = false;
    switch (fleet.processes().state(definition.name())) {
      case ProcessState.Running(long running) -> {
        pid = running;
        healthy = probing.isReady(definition.probe());
      }
      case ProcessState.Frozen(long frozen) -> pid = frozen;
      case ProcessState.Orphans(long _), ProcessState.Gone() -> {}
    }
    return new ProcessStatus(
        definition.name(),
        definition.member().service().id(),
        definition.member().instance(),
        fleet.plan().name(),
        pid,
        definition.port(),
        healthy);
  }

  private static List<NodeStatus> nodes(AdminClient admin) {
    try {
      return admin.nodes().stream()
          .map(node ->
              new NodeStatus(
                  node.id(), node.siteId(), node.baseUrl(), node.state(), node.packagesHeld()))
          .toList();
    } catch (AdminException e) {
      return List.of();
    }
  }

  private static List<TitleStatus> titles(AdminClient admin) {
    try {
      return admin.titles().stream()
          .map(title ->
              new TitleStatus(title.id(), title.name(), title.durationMillis(), title.playable()))
          .toList();
    } catch (AdminException e) {
      return List.of();
    }
  }
}
