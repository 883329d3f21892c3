package io.tributary.fleet.command;

import io.tributary.ctl.TributaryCtl;
import io.tributary.fleet.lifecycle.FleetContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Hands the rest of the line to the operator's command line, with this fleet's door and a token.
 */
@Command(
    name = "admin",
    description = "Operates the fleet: tributaryctl with its door and token. See: admin --help.")
final class AdminCommand implements Callable<Integer> {

  @Mixin private FleetOption fleet = new FleetOption();
  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    boolean helpOnly = words.contains("--help") || words.contains("-h");
    if (!helpOnly) {
      FleetContext context = fleet.existing();
      environment.put("TRIBUTARY_ADMIN_URL", context.adminBaseUrl());
      environment.put("TRIBUTARY_ADMIN_TOKEN", context.operatorToken());
    }
    return TributaryCtl.run(
        environment,
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        words.toArray(new String[0]));
  }
}
