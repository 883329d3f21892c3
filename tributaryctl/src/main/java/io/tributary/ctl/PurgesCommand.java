package io.tributary.ctl;

import io.tributary.contracts.admin.Purge;
import io.tributary.contracts.admin.PurgedNode;
import io.tributary.ctl.Console.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Titles that are purged, and how far each purge is. */
@Command(
    name = "purges",
    description = "Titles that are purged; titles purge begins one.",
    synopsisSubcommandLabel = "VERB")
final class PurgesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  PurgesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every purge.")
  int list() {
    List<Purge> purges = door.open().purges();
    console.answer(
        "purges",
        purges,
        new Table(
            List.of("TITLE", "NODES LEFT", "REQUESTED AT", "BY"),
            purges.stream()
                .map(purge ->
                    List.of(
                        purge.titleId(),
                        String.valueOf(purge.nodesLeft()),
                        Table.cell(purge.requestedAt()),
                        purge.requestedBy()))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "How far the purge of a title is, node by node.")
  int show(@Parameters(paramLabel = "TITLE", description = "The title.") String titleId) {
    return show(console, door.open().purge(titleId));
  }

  @Command(name = "lift", description = "Ends a purge: nodes fetch the title again.")
  int lift(@Parameters(paramLabel = "TITLE", description = "The title.") String titleId) {
    door.open().liftPurge(titleId);
    return list();
  }

  static int show(Console console, Purge purge) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("title", purge.titleId()));
    rows.add(List.of("requested at", Table.cell(purge.requestedAt())));
    rows.add(List.of("by", purge.requestedBy()));
    rows.add(List.of("nodes left", String.valueOf(purge.nodesLeft())));
    for (PurgedNode node : purge.nodes()) {
      rows.add(List.of(node.nodeId(), node.state() + " (" + node.health() + ")"));
    }
    console.answer(purge, Table.of(rows));
    return 0;
  }
}
