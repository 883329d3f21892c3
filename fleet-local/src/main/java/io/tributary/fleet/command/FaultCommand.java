package io.tributary.fleet.command;

import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.fault.Fault;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a fault between a process and its clients. */
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    description =
        "Puts a fault between a process and its clients, instead of the one before; --off ends it.")
final class FaultCommand implements Callable<Integer> {

  @Mixin private ProcessArgument process = new ProcessArgument();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Delay all bytes by so many milliseconds, each way.")
  private @Nullable Long latencyMillis;

  @Option(
      names = "--rate",
      paramLabel = "BITS",
      description = "Let only so many bits per second pass, each way, for all clients together.")
  private @Nullable Long bitsPerSecond;

  @Option(names = "--reset", description = "Reset every connection, and each new one.")
  private boolean reset;

  @Option(names = "--blackhole", description = "Accept connections and let nothing pass.")
  private boolean blackhole;

  @Option(names = "--off", description = "End the fault.")
  private boolean off;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean any = latencyMillis != null || bitsPerSecond != null || reset || blackhole;
    if (any == off) {
      throw new ParameterException(
          spec.commandLine(),
          off
              ? "--off stands beside a fault (expected: one or the other)"
              : "no fault is named (expected: --latency, --rate, --reset, --blackhole or --off)");
    }
    FleetContext context = process.fleet().existing();
    Definition definition = process.definition(context);
    if (definition.member().service() == Service.FAULT_PROXY) {
      throw new FleetException(
          "nothing stands between fault-proxy and its clients. Try: ./tributary freeze fault-proxy");
    }
    Fault fault =
        new Fault(
            latencyMillis == null ? 0 : latencyMillis,
            bitsPerSecond == null ? 0 : bitsPerSecond,
            reset,
            blackhole);
    try {
      context.faults().fault(definition.name(), fault);
    } catch (ConnectException e) {
      throw new FleetException(
          "fault-proxy does not run. Start it: ./tributary start fault-proxy", e);
    }
    return 0;
  }
}
