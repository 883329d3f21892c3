package io.tributary.ctl;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.ctl.Console.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** ISPs whose sites hold nodes. */
@Command(
    name = "networks",
    description = "ISPs whose sites hold nodes.",
    synopsisSubcommandLabel = "VERB")
final class NetworksCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  NetworksCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every network.")
  int list() {
    List<Network> networks = door.open().networks();
    console.answer(
        "networks",
        networks,
        new Table(
            List.of("ID", "ASN", "NAME"),
            networks.stream()
                .map(network -> List.of(network.id(), asn(network), network.name()))
                .toList()));
    return 0;
  }

  @Command(name = "put", description = "Makes or changes a network.")
  int put(
      @Parameters(paramLabel = "ID", description = "The network.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "For people; else the id.")
          @Nullable String name,
      @Option(
              names = "--asn",
              paramLabel = "ASN",
              defaultValue = "0",
              description = "Its autonomous system; 0, the default, for a private network.")
          long asn) {
    Network network = new Network(id, name == null ? id : name, asn);
    door.open().putNetwork(id, new PutNetwork(network.name(), asn));
    console.answer(
        network,
        Table.of(
            List.of(
                List.of("id", network.id()),
                List.of("asn", asn(network)),
                List.of("name", network.name()))));
    return 0;
  }

  private static String asn(Network network) {
    return network.asn() == 0 ? "private" : "AS" + network.asn();
  }
}
