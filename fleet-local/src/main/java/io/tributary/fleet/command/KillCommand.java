package io.tributary.fleet.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Kills a process with SIGKILL; it stays dead until it is started. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Kills a process with SIGKILL; it stays dead until it is started.")
final class KillCommand implements Callable<Integer> {

  @Mixin private ProcessArgument process = new ProcessArgument();

  @Override
  public Integer call() throws IOException, InterruptedException {
    process.signal("KILL");
    return 0;
  }
}
