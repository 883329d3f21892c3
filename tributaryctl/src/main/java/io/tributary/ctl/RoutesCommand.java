package io.tributary.ctl;

import io.tributary.contracts.admin.SiteRoutes;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.node.Routes;
import io.tributary.ctl.Console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What sites' routers announce. */
@Command(
    name = "routes",
    description = "What sites' routers announce.",
    synopsisSubcommandLabel = "VERB")
final class RoutesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  RoutesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(
      name = "show",
      description =
          "The routes that a site's nodes heard: those that count, and why others do not.")
  int show(@Parameters(paramLabel = "SITE", description = "The site.") String siteId) {
    SiteRoutes routes = door.open().siteRoutes(siteId);
    List<List<String>> rows = new ArrayList<>();
    for (SiteRoutes.NodeRoutes node : routes.nodes()) {
      if (node.problem() != null) {
        rows.add(row(node, null, "kept", null, null, node.problem()));
      }
      for (RoutesJudged.Refusal refusal : node.refusals()) {
        rows.add(row(node, refusal.prefix(), "refused", null, null, refusal.reason()));
      }
      int untold = node.refused() - node.refusals().size();
      if (untold > 0) {
        rows.add(row(node, null, "refused", null, null, untold + " more"));
      }
      for (Routes.Route route : node.accepted()) {
        String path = route.asPath().stream().map(String::valueOf).collect(Collectors.joining(" "));
        rows.add(
            row(node, route.prefix(), "accepted", route.med(), path.isEmpty() ? null : path, null));
      }
    }
    console.answer(
        routes, new Table(List.of("NODE", "PREFIX", "STATE", "MED", "AS-PATH", "REASON"), rows));
    return 0;
  }

  private static List<String> row(
      SiteRoutes.NodeRoutes node,
      @Nullable String prefix,
      String state,
      @Nullable Long med,
      @Nullable String path,
      @Nullable String reason) {
    return List.of(
        node.nodeId(),
        Table.cell(prefix),
        state,
        Table.cell(med),
        Table.cell(path),
        Table.cell(reason));
  }
}
