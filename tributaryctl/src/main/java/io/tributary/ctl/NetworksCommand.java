package io.tributary.ctl;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.PutNetwork;
import io.tributary.ctl.Console.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            List.of("ID", "ASN", "PREFIXES", "ORIGINS", "NAME"),
            networks.stream()
                .map(network ->
                    List.of(
                        network.id(),
                        asn(network),
                        String.valueOf(network.prefixes().size()),
                        String.valueOf(network.originAsns().size()),
                        network.name()))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One network, and what its sites may announce.")
  int show(@Parameters(paramLabel = "ID", description = "The network.") String id) {
    return show(door.open().network(id));
  }

  @Command(
      name = "put",
      description = {
        "Makes a network, or replaces all of it: what is not named is taken away.",
        "Its sites may announce the prefixes and what they cover, and all that the origins"
            + " originate; nothing else."
      })
  int put(
      @Parameters(paramLabel = "ID", description = "The network.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "For people; else the id.")
          @Nullable String name,
      @Option(
              names = "--asn",
              paramLabel = "ASN",
              defaultValue = "0",
              description = "Its autonomous system; 0, the default, for a private network.")
          long asn,
      @Option(
              names = "--prefix",
              paramLabel = "CIDR",
              description =
                  "A block of addresses, e.g. 192.0.2.0/24 or 2001:db8::/32; may be given again.")
          @Nullable List<String> prefixes,
      @Option(
              names = "--prefixes-file",
              paramLabel = "FILE",
              description = "Has more of them, one a line; empty lines and # comments are skipped.")
          @Nullable Path prefixesFile,
      @Option(
              names = "--origin-asn",
              paramLabel = "ASN",
              description = "An autonomous system of its own or behind it; may be given again.")
          @Nullable List<Long> originAsns) {
    List<String> granted = new ArrayList<>(prefixes == null ? List.of() : prefixes);
    if (prefixesFile != null) {
      granted.addAll(lines(prefixesFile));
    }
    return show(
        door.open()
            .putNetwork(
                id,
                new PutNetwork(
                    name == null ? id : name,
                    asn,
                    granted,
                    originAsns == null ? List.of() : originAsns)));
  }

  private List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException _) {
      throw Usage.error(
          spec, "--prefixes-file is " + file + " (expected: a text file that can be read)");
    }
  }

  private int show(Network network) {
    List<List<String>> rows =
        new ArrayList<>(
            List.of(
                List.of("id", network.id()),
                List.of("asn", asn(network)),
                List.of("name", network.name())));
    network.prefixes().forEach(prefix -> rows.add(List.of("prefix", prefix)));
    network.originAsns().forEach(origin -> rows.add(List.of("origin", "AS" + origin)));
    console.answer(network, Table.of(rows));
    return 0;
  }

  private static String asn(Network network) {
    return network.asn() == 0 ? "private" : "AS" + network.asn();
  }
}
