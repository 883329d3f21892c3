package io.tributary.fleet.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Freezes a process with SIGSTOP; it goes on when it is thawed. */
@Command(
    name = "freeze",
    mixinStandardHelpOptions = true,
    description = "Freezes a process with SIGSTOP; it goes on when it is thawed.")
final class FreezeCommand implements Callable<Integer> {

  @Mixin private ProcessArgument process = new ProcessArgument();

  @Override
  public Integer call() throws IOException, InterruptedException {
    process.signal("STOP");
    return 0;
  }
}
