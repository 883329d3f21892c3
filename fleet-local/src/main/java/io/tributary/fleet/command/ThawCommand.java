package io.tributary.fleet.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a frozen process go on with SIGCONT. */
@Command(
    name = "thaw",
    mixinStandardHelpOptions = true,
    description = "Lets a frozen process go on with SIGCONT.")
final class ThawCommand implements Callable<Integer> {

  @Mixin private ProcessArgument process = new ProcessArgument();

  @Override
  public Integer call() throws IOException, InterruptedException {
    process.signal("CONT");
    return 0;
  }
}
