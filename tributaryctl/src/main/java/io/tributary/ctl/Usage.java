package io.tributary.ctl;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What was typed is no command: exit status 2. */
final class Usage {
  private Usage() {}

  /** A noun without its verb. */
  static ParameterException verbMissing(@Nullable CommandSpec noun) {
    return error(noun, "what to do is missing (expected: a VERB)");
  }

  /** A value that cannot be what it is given for. */
  static ParameterException error(@Nullable CommandSpec command, String message) {
    if (command == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(command.commandLine(), message);
  }
}
