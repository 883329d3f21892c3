package io.tributary.fleet.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands here for its help alone: the script does it with Maven, before there is a launcher. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Passes every test, the end-to-end tests against a fleet of their own included.",
      "Where a container engine answers, backends of integration tests are containers, and root",
      "tries the composed fleet too, but for the rolling restart under load."
    })
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "run it as ./tributary test");
  }
}
