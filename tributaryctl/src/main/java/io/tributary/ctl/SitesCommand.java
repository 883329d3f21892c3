package io.tributary.ctl;

import io.tributary.contracts.admin.PutSite;
import io.tributary.contracts.admin.Site;
import io.tributary.ctl.Console.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Places where nodes stand. */
@Command(
    name = "sites",
    description = "Places where nodes stand.",
    synopsisSubcommandLabel = "VERB")
final class SitesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  SitesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every site.")
  int list() {
    List<Site> sites = door.open().sites();
    console.answer(
        "sites",
        sites,
        new Table(
            List.of("ID", "NETWORK", "NAME"),
            sites.stream()
                .map(site -> List.of(site.id(), site.networkId(), site.name()))
                .toList()));
    return 0;
  }

  @Command(name = "put", description = "Makes or changes a site.")
  int put(
      @Parameters(paramLabel = "ID", description = "The site.") String id,
      @Option(
              names = "--network",
              required = true,
              paramLabel = "NETWORK",
              description = "Whose place it is.")
          String networkId,
      @Option(names = "--name", paramLabel = "NAME", description = "For people; else the id.")
          @Nullable String name) {
    Site site = new Site(id, networkId, name == null ? id : name);
    door.open().putSite(id, new PutSite(networkId, site.name()));
    console.answer(
        site,
        Table.of(
            List.of(
                List.of("id", site.id()),
                List.of("network", site.networkId()),
                List.of("name", site.name()))));
    return 0;
  }
}
