package io.tributary.fleet.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that the script does without the launcher. It stands here for its help alone. */
abstract class ScriptWord implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() {
    throw new ParameterException(spec.commandLine(), "run it as ./tributary " + spec.name());
  }
}
