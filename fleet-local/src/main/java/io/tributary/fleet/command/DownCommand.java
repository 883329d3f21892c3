package io.tributary.fleet.command;

import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetStopper;
import io.tributary.fleet.lifecycle.Progress;
import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a fleet. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops every process of the fleet, whoever started it; the data stays.")
final class DownCommand implements Callable<Integer> {

  @Mixin private FleetOption fleet = new FleetOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetFolder folder = fleet.folder();
    Progress progress = Progress.onStandardError();
    if (!Files.isDirectory(folder.run())) {
      progress.tell("Nothing runs: there is no fleet " + fleet.name() + ".");
      return 0;
    }
    try (FleetLock _ = FleetContext.lock(folder, progress)) {
      progress.stage("stopping the fleet " + fleet.name());
      List<String> stopped = new FleetStopper(new ProcessTable(folder.run())).stopAll(progress);
      progress.end();
      List<String> leftOver = FastStart.endLeftOver(folder.cache());
      if (!leftOver.isEmpty()) {
        progress.tell("Ended what a killed ./tributary left: " + String.join(", ", leftOver));
      }
      progress.tell(
          stopped.isEmpty()
              ? "Nothing ran."
              : "Stopped " + stopped.size() + " processes. Their data stays for the next up.");
    }
    return 0;
  }
}
