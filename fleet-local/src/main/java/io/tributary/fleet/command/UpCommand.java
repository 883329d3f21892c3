package io.tributary.fleet.command;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.faststart.LauncherArchive;
import io.tributary.fleet.keys.FleetKeys;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import io.tributary.fleet.lifecycle.FleetStopper;
import io.tributary.fleet.lifecycle.FleetUp;
import io.tributary.fleet.lifecycle.Progress;
import java.io.IOException;
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
          "A name or address of this machine under which the page, the API and the nodes are to be"
              + " reached from elsewhere.")
  private @Nullable String publicHost;

  @Option(names = "--no-demo", description = "Ingest no demo titles.")
  private boolean noDemo;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = Progress.onStandardError();
    FleetFolder folder = fleet.folder();
    folder.make();
    StopOnSignal stop = new StopOnSignal(folder, progress);
    FleetContext context;
    try (FleetLock _ = lock(folder, progress)) {
      context = fleet.context(plan(folder));
      // What ran before this word is not stopped because this word was refused or failed.
      boolean ranBefore = anyRuns(context);
      if (!ranBefore) {
        stop.arm();
      }
      folder.keep(context.plan());
      progress.tell("Starting the fleet " + fleet.name() + " (" + folder.root() + ")");
      FleetKeys keys = context.keys();
      keys.makeMissing(context.plan().publicHost());
      context.definition().configure();
      FastStart fastStart = fleet.fastStart();
      FleetUp up = new FleetUp(context, fastStart, progress);
      up.startAll();
      up.makeAccounts();
      up.awaitNodes();
      if (!noDemo) {
        new DemoIngest(context, progress).ingestMissing(up.titles());
      }
      Optional<AdminTitle> playable = up.titles().stream().filter(AdminTitle::playable).findFirst();
      if (playable.isPresent()) {
        up.awaitPlayable(playable.get().id());
      }
      LauncherArchive words = fleet.launcherArchive();
      if (words.isMissing()) {
        progress.stage("preparing fast start of the words (once after a build)");
        words.make(fleet.name());
      }
      progress.end();
      tellWhereToLook(context, playable, progress);
      if (detach && !ranBefore) {
        stop.disarm();
      }
      if (!detach && ranBefore) {
        stop.arm();
      }
    }
    if (detach) {
      return 0;
    }
    progress.tell("\nCtrl-C stops the fleet; its data stays.");
    new CountDownLatch(1).await();
    return 0;
  }

  private static boolean anyRuns(FleetContext context) throws IOException {
    for (String name : context.processes().names()) {
      if (context.processes().pid(name).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static FleetLock lock(FleetFolder folder, Progress progress) throws IOException {
    return FleetLock.take(
        FleetContext.lockFile(folder),
        () -> progress.tell("Another ./tributary is at work on this fleet; waiting for it ..."));
  }

  private FleetPlan plan(FleetFolder folder) throws IOException {
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
      wanted = wanted.withPublicHost(publicHost);
    }
    if (kept.isPresent() && !wanted.equals(plan) && anythingRuns(plan)) {
      throw new FleetException(
          "the fleet "
              + plan.name()
              + " runs with other settings, which its processes would not learn."
              + " Run ./tributary down first");
    }
    return wanted;
  }

  private boolean anythingRuns(FleetPlan plan) throws IOException {
    FleetContext context = fleet.context(plan);
    for (FleetPlan.Member member : plan.members()) {
      if (context.processes().pid(member.name()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void tellWhereToLook(
      FleetContext context, Optional<AdminTitle> playable, Progress progress) {
    String option = fleet.name().equals(FleetPlan.DEFAULT_NAME) ? "" : " --fleet " + fleet.name();
    String title = playable.map(AdminTitle::id).orElse("ID");
    progress.tell("");
    progress.tell("The page:  " + context.plan().publicBaseUrl() + "/");
    progress.tell("Try:");
    for (String line :
        List.of(
            "./tributary play " + title + " --for 20" + option,
            "./tributary status" + option,
            "./tributary ingest FILE --id my-title" + option)) {
      progress.tell("  " + line);
    }
  }

  /** Stops all when this process is told to end before it let go of the fleet. */
  private static final class StopOnSignal {
    private final FleetFolder folder;
    private final Progress progress;
    private final Thread hook = Thread.ofPlatform().unstarted(this::stop);

    StopOnSignal(FleetFolder folder, Progress progress) {
      this.folder = folder;
      this.progress = progress;
    }

    void arm() {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    void disarm() {
      Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void stop() {
      try {
        progress.stage("stopping the fleet");
        new FleetStopper(folder).stopAll(progress);
        progress.end();
      } catch (IOException | FleetException e) {
        progress.tell("tributary: " + e.getMessage() + ". Try: ./tributary down");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
