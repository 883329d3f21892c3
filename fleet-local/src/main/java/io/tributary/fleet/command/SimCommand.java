package io.tributary.fleet.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands here for its help alone: the script starts fleet-sim, which tells more. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates whole fleets in virtual time, from a seed.",
      "What it takes: ./tributary sim steering --help"
    })
final class SimCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "run it as ./tributary sim");
  }
}
