package io.tributary.fleet.command;

import io.tributary.ctl.AdminException;
import io.tributary.ctl.Advice;
import io.tributary.fleet.door.DoorException;
import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Every word of {@code ./tributary}. */
@Command(
    name = "tributary",
    description = "A whole streaming fleet on this machine.",
    synopsisSubcommandLabel = "WORD",
    mixinStandardHelpOptions = true,
    version = "tributary 0.1.0",
    subcommands = {
      UpCommand.class,
      IngestCommand.class,
      PlayCommand.class,
      StatusCommand.class,
      TokenCommand.class,
      KillCommand.class,
      FreezeCommand.class,
      ThawCommand.class,
      StartCommand.class,
      FaultCommand.class,
      AdminCommand.class,
      LogsCommand.class,
      DownCommand.class,
      TestCommand.class,
      SimCommand.class,
      BenchCommand.class,
      FormatCommand.class
    })
public final class Words implements Runnable {

  private static final int FAILED = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();

  private Words() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a word is missing (expected: one of those below)");
  }

  /**
   * Runs one word.
   *
   * @return 0 when it succeeded, 1 when it failed, 2 when it was not understood
   */
  public static int run(String... arguments) {
    CommandLine line = line();
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler(
        (exception, command, _) -> failed(exception, command, arguments));
    return line.execute(arguments);
  }

  /** The words, understood. */
  static CommandLine line() {
    return new CommandLine(new Words());
  }

  private static int failed(Exception exception, CommandLine command, String... arguments) {
    String message = message(exception);
    if (Arrays.asList(arguments).contains("--json")) {
      command.getOut().println(JSON.writeValueAsString(Map.of("error", message)));
    }
    command.getErr().println("tributary: " + message);
    String nextStep = nextStep(exception, command.getCommandName());
    if (!nextStep.isEmpty()) {
      command.getErr().println(nextStep);
    }
    if (exception instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }

  /** What to do now; empty where the message says it itself. */
  static String nextStep(Exception exception, String word) {
    return switch (exception) {
      case FleetException _ -> "";
      case AdminException refusal -> Advice.on(refusal);
      case DoorException _ -> "What can play, and whether all is well: ./tributary status";
      case IllegalArgumentException _ -> "What is expected: ./tributary " + word + " --help";
      case IOException _ ->
          "What runs: ./tributary status, and what it says: ./tributary logs NAME";
      default -> "";
    };
  }

  /** The words of what is meant for people; anything else with its kind, as it is a fault. */
  private static String message(Exception exception) {
    String said = exception.getMessage();
    boolean forPeople =
        exception instanceof FleetException
            || exception instanceof AdminException
            || exception instanceof IOException
            || exception instanceof IllegalArgumentException
            || exception instanceof IllegalStateException;
    return forPeople && said != null ? said : exception.toString();
  }
}
