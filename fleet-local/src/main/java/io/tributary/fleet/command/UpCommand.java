package io.tributary.fleet.command;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.lifecycle.DemoTitles;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import io.tributary.fleet.lifecycle.FleetUp;
import io.tributary.fleet.lifecycle.Progress;
import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a fleet. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Builds what is stale, starts the fleet, ingests two demo titles and prints where to look."
            + " What runs already is left as it is.")
final class UpCommand implements Callable<Integer> {

  /** For {@code --public-host}. */
  private static final String NOWHERE = "none";

  @Mixin private FleetOption fleet = new FleetOption();

  @Option(
      names = "--detach",
      description = "Return when a title can play; without it, stay and stop all on Ctrl-C.")
  private boolean detach;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default: 3).")
  private @Nullable Integer nodes;

  @Option(
      names = "--replicas",
      paramLabel = "SERVICE=N",
      description = "How many of a service (default: 1).")
  private Map<String, Integer> replicas = new LinkedHashMap<>();

  @Option(
      names = "--public-host",
      paramLabel = "NAME",
      description =
          "A name or address of this machine under which the page, the API, the nodes and steering's"
              + " face are to be reached from elsewhere. It is kept for the next up; 'none' ends it.")
  private @Nullable String publicHost;

  @Option(names = "--no-demo", description = "Ingest no demo titles.")
  private boolean noDemo;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = Progress.onStandardError();
    FleetFolder folder = fleet.folder();
    folder.make();
    FleetLock lock = FleetContext.lock(folder, progress);
    // What ran before this word is not stopped because this word was refused or failed.
    boolean ranBefore = new ProcessTable(folder.run()).anyRuns();
    FleetContext context = fleet.context(plan(folder, ranBefore));
    StopOnSignal stop = new StopOnSignal(context, lock, progress);
    if (!ranBefore) {
      stop.arm();
    }
    try {
      Optional<AdminTitle> playable = bringUp(context, progress);
      tellWhereToLook(context, playable, progress);
      if (detach && !ranBefore) {
        stop.disarm();
      }
      if (!detach && ranBefore) {
        stop.arm();
      }
      stop.letGo();
    } catch (IOException | RuntimeException e) {
      stop.parkIfStopping();
      throw e;
    }
    if (!detach) {
      progress.tell("\nCtrl-C stops the fleet; its data stays.");
    }
    fleet.launcherArchive().makeIfMissing(fleet.name());
    if (!detach) {
      new CountDownLatch(1).await();
    }
    return 0;
  }

  /** Returns a title that can play, if there is one. */
  private Optional<AdminTitle> bringUp(FleetContext context, Progress progress)
      throws IOException, InterruptedException {
    context.folder().keep(context.plan());
    progress.tell("Starting the fleet " + fleet.name() + " (" + context.folder().root() + ")");
    if (context.plan().publicHost() != null) {
      progress.tell(
          "  Whoever reaches "
              + context.plan().publicHost()
              + " may sign in as any viewer and play. To end that: down, then up --public-host none");
    }
    warnOfOldBuild(context, progress);
    context.keys().makeMissing();
    context.definition().configure();
    FleetUp up = new FleetUp(context, fleet.fastStart(), progress);
    up.startAll();
    up.makeAccounts();
    up.awaitNodes();
    if (!noDemo) {
      new DemoTitles(context, progress).ingestMissing(up.titles());
    }
    Optional<AdminTitle> playable = up.titles().stream().filter(AdminTitle::playable).findFirst();
    if (playable.isPresent()) {
      up.awaitPlayable(playable.get().id());
    }
    progress.end();
    return playable;
  }

  /** What runs already is left as it is, whatever was built since. */
  private static void warnOfOldBuild(FleetContext context, Progress progress) throws IOException {
    List<String> old = new ArrayList<>();
    for (FleetPlan.Member member : context.plan().members()) {
      Optional<Instant> started = context.processes().startedAt(member.name());
      if (started.isPresent()
          && started.get().isBefore(context.checkout().builtAt(member.service()))) {
        old.add(member.name());
      }
    }
    if (!old.isEmpty()) {
      progress.tell(
          "  An older build still runs in "
              + String.join(", ", old)
              + ". For the new one: down, then up");
    }
  }

  private FleetPlan plan(FleetFolder folder, boolean runs) throws IOException {
    Optional<FleetPlan> kept = folder.plan();
    FleetPlan plan =
        kept.isPresent()
            ? kept.get()
            : FleetPlan.first(folder.name(), PortBlock.firstFree(folder.takenPortBases()));
    FleetPlan wanted = plan;
    if (nodes != null) {
      wanted = wanted.withReplicas(Service.NODE, nodes);
    }
    for (Map.Entry<String, Integer> replica : replicas.entrySet()) {
      Service service =
          Service.byId(replica.getKey())
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "service is " + replica.getKey() + " (expected: one that status names)"));
      wanted = wanted.withReplicas(service, replica.getValue());
    }
    if (publicHost != null) {
      wanted = wanted.withPublicHost(publicHost.equals(NOWHERE) ? null : publicHost);
    }
    if (kept.isPresent() && !wanted.equals(plan) && runs) {
      throw new FleetException(
          "the fleet "
              + plan.name()
              + " runs with other settings, which its processes would not learn."
              + " Run ./tributary down first");
    }
    return wanted;
  }

  private void tellWhereToLook(
      FleetContext context, Optional<AdminTitle> playable, Progress progress) {
    String title = playable.map(AdminTitle::id).orElse("ID");
    progress.tell("");
    progress.tell("The page:  " + context.plan().publicBaseUrl() + "/");
    progress.tell("Try:");
    for (String line :
        List.of("play " + title + " --for 20", "status", "ingest FILE --id my-title")) {
      progress.tell("  " + context.word(line));
    }
  }
}
