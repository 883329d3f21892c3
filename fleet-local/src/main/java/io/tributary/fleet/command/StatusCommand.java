package io.tributary.fleet.command;

import io.tributary.fleet.lifecycle.FleetStatus;
import io.tributary.fleet.lifecycle.FleetStatus.NodeStatus;
import io.tributary.fleet.lifecycle.FleetStatus.ProcessStatus;
import io.tributary.fleet.lifecycle.FleetStatus.TitleStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a fleet is like now. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells which processes run, which nodes are healthy, which titles can play.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private FleetOption fleet = new FleetOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetStatus status = FleetStatus.of(fleet.existing());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(status));
    } else {
      print(status, out);
    }
    return 0;
  }

  private static void print(FleetStatus status, PrintWriter out) {
    out.printf("%s   %s%n%n", status.gateway(), status.ready() ? "ready" : "NOT READY");
    out.printf("%-22s %8s %6s  %s%n", "PROCESS", "PID", "PORT", "");
    for (ProcessStatus process : status.processes()) {
      Long pid = process.pid();
      out.printf(
          "%-22s %8s %6d  %s%n",
          process.name(),
          pid == null ? "-" : pid,
          process.port(),
          process.healthy() ? "healthy" : pid == null ? "down" : "NOT HEALTHY");
    }
    if (!status.nodes().isEmpty()) {
      out.printf("%n%-22s %-8s %-28s %-12s %s%n", "NODE", "SITE", "URL", "STATE", "PACKAGES");
      for (NodeStatus node : status.nodes()) {
        String baseUrl = node.baseUrl();
        out.printf(
            "%-22s %-8s %-28s %-12s %d%n",
            node.id(),
            node.site(),
            baseUrl == null ? "-" : baseUrl,
            node.state(),
            node.packagesHeld());
      }
    }
    if (!status.titles().isEmpty()) {
      out.printf("%n%-22s %-30s %8s  %s%n", "TITLE", "NAME", "SECONDS", "");
      for (TitleStatus title : status.titles()) {
        out.printf(
            "%-22s %-30s %8.1f  %s%n",
            title.id(),
            title.name(),
            title.durationMillis() / 1000.0,
            title.playable() ? "playable" : "not playable yet");
      }
    }
  }
}
