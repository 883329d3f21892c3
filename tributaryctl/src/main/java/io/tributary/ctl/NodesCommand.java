package io.tributary.ctl;

import io.tributary.contracts.admin.NodeView;
import io.tributary.ctl.Console.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The OCA nodes. */
@Command(name = "nodes", description = "The OCA nodes.", synopsisSubcommandLabel = "VERB")
final class NodesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  NodesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every node.")
  int list() {
    List<NodeView> nodes = door.open().nodes();
    console.answer(
        "nodes",
        nodes,
        new Table(
            List.of("ID", "SITE", "STATE", "HELD", "PLANNED", "URL", "REASON"),
            nodes.stream()
                .map(node ->
                    List.of(
                        node.id(),
                        node.siteId(),
                        node.state(),
                        String.valueOf(node.packagesHeld()),
                        String.valueOf(node.packagesPlanned()),
                        Table.cell(node.baseUrl()),
                        Table.cell(node.reason())))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One node.")
  int show(@Parameters(paramLabel = "ID", description = "The node.") String id) {
    return answer(door.open(), id);
  }

  @Command(name = "drain", description = "Sends no new play to a node; plays that it serves go on.")
  int drain(@Parameters(paramLabel = "ID", description = "The node.") String id) {
    AdminClient admin = door.open();
    admin.drainNode(id);
    return answer(admin, id);
  }

  @Command(name = "undrain", description = "Ends a drain.")
  int undrain(@Parameters(paramLabel = "ID", description = "The node.") String id) {
    AdminClient admin = door.open();
    admin.undrainNode(id);
    return answer(admin, id);
  }

  @Command(name = "revoke", description = "Shuts a node out for good; its id cannot join again.")
  int revoke(@Parameters(paramLabel = "ID", description = "The node.") String id) {
    AdminClient admin = door.open();
    admin.revokeNode(id);
    return answer(admin, id);
  }

  /** The verdict may follow a moment later. */
  private int answer(AdminClient admin, String id) {
    NodeView node = admin.node(id);
    console.answer(
        node,
        Table.of(
            List.of(
                List.of("id", node.id()),
                List.of("site", node.siteId()),
                List.of("state", node.state()),
                List.of("reason", Table.cell(node.reason())),
                List.of("url", Table.cell(node.baseUrl())),
                List.of("packages held", String.valueOf(node.packagesHeld())),
                List.of("packages planned", String.valueOf(node.packagesPlanned())),
                List.of("contentVersion planned", String.valueOf(node.contentVersionPlanned())),
                List.of("contentVersion confirmed", String.valueOf(node.contentVersionConfirmed())),
                List.of("last heartbeat", Table.cell(node.lastHeartbeatAt())))));
    return 0;
  }
}
