package io.tributary.fleet.command;

import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetStarter;
import io.tributary.fleet.lifecycle.NodeInvitation;
import io.tributary.fleet.lifecycle.Patience;
import io.tributary.fleet.lifecycle.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts one process. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Starts a process that was killed, and waits until it is ready.")
final class StartCommand implements Callable<Integer> {

  private static final Duration READY_AT_MOST = Duration.ofMinutes(2);

  @Mixin private ProcessArgument process = new ProcessArgument();

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetContext context = process.fleet().existing();
    Definition definition = process.definition(context);
    Progress progress = Progress.onStandardError();
    try (FleetLock _ = FleetContext.lock(context.folder(), progress)) {
      FleetStarter starter = new FleetStarter(context, process.fleet().fastStart());
      context.definition().configure();
      progress.stage("starting " + definition.name());
      if (context.processes().pid(definition.name()).isEmpty()) {
        starter.checkRoom(List.of(definition));
      }
      if (definition.member().service() == Service.NODE) {
        NodeInvitation invitation =
            new NodeInvitation(context, new Patience(READY_AT_MOST, progress));
        if (invitation.needs(definition.member(), READY_AT_MOST)) {
          invitation.invite(definition.member());
        }
      }
      starter.start(definition);
      starter.awaitReady(List.of(definition), READY_AT_MOST, progress);
      progress.end();
    }
    return 0;
  }
}
