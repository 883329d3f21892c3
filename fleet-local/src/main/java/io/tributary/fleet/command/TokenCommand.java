package io.tributary.fleet.command;

import io.tributary.fleet.lifecycle.FleetUp;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a bearer token. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a bearer token of the fleet's local issuer, good for twelve hours.")
final class TokenCommand implements Callable<Integer> {

  private static final Duration LIFETIME = Duration.ofHours(12);

  @Mixin private FleetOption fleet = new FleetOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--account",
      paramLabel = "A",
      defaultValue = FleetUp.VIEWER,
      description = "Whose (default: ${DEFAULT-VALUE}).")
  private String account = FleetUp.VIEWER;

  @Option(names = "--role", paramLabel = "ROLE", defaultValue = "viewer", hidden = true)
  private String role = "viewer";

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println(fleet.existing().issuer().token(account, role, LIFETIME));
    return 0;
  }
}
