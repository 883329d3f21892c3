package io.tributary.fleet.command;

import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A process that {@code status} names. */
final class ProcessArgument {

  private static final Duration DEATH = Duration.ofSeconds(10);

  @Mixin private FleetOption fleet = new FleetOption();

  @Parameters(paramLabel = "NAME", description = "The process, as status names it.")
  private String name = "";

  FleetOption fleet() {
    return fleet;
  }

  /**
   * The fleet and the process in it.
   *
   * @throws FleetException if there is no process of this name
   */
  Definition definition(FleetContext context) {
    Member member =
        context
            .plan()
            .member(name)
            .orElseThrow(() ->
                new FleetException(
                    "there is no process "
                        + name
                        + " in the fleet "
                        + context.plan().name()
                        + " (expected: "
                        + context.plan().members().stream()
                            .map(Member::name)
                            .collect(Collectors.joining(", "))
                        + ")"));
    return context.definition().of(member);
  }

  void signal(String signal) throws IOException, InterruptedException {
    FleetContext context = fleet.existing();
    String process = definition(context).name();
    if (!context.processes().signal(process, signal)) {
      throw new FleetException(process + " does not run. Start it: ./tributary start " + process);
    }
    if (signal.equals("KILL") && !context.processes().awaitEnd(process, DEATH)) {
      throw new FleetException(
          process + " did not die within " + DEATH.toSeconds() + " s. Look at it: ps aux");
    }
  }
}
