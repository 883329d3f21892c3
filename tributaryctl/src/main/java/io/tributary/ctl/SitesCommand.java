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
            List.of("ID", "NETWORK", "LATITUDE", "LONGITUDE", "NAME"),
            sites.stream()
                .map(site ->
                    List.of(
                        site.id(),
                        site.networkId(),
                        Table.cell(site.latitude()),
                        Table.cell(site.longitude()),
                        site.name()))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One site.")
  int show(@Parameters(paramLabel = "ID", description = "The site.") String id) {
    return show(door.open().site(id));
  }

  @Command(
      name = "put",
      description = "Makes a site, or replaces all of it: what is not named is taken away.")
  int put(
      @Parameters(paramLabel = "ID", description = "The site.") String id,
      @Option(
              names = "--network",
              required = true,
              paramLabel = "NETWORK",
              description = "Whose place it is.")
          String networkId,
      @Option(names = "--name", paramLabel = "NAME", description = "For people; else the id.")
          @Nullable String name,
      @Option(
              names = "--latitude",
              paramLabel = "DEGREES",
              description = "Where it stands: north of the equator, -90 to 90; with --longitude.")
          @Nullable Double latitude,
      @Option(
              names = "--longitude",
              paramLabel = "DEGREES",
              description = "Where it stands: east of Greenwich, -180 to 180; with --latitude.")
          @Nullable Double longitude) {
    return show(
        door.open()
            .putSite(id, new PutSite(networkId, name == null ? id : name, latitude, longitude)));
  }

  private int show(Site site) {
    console.answer(
        site,
        Table.of(
            List.of(
                List.of("id", site.id()),
                List.of("network", site.networkId()),
                List.of("name", site.name()),
                List.of("latitude", Table.cell(site.latitude())),
                List.of("longitude", Table.cell(site.longitude())))));
    return 0;
  }
}
