package io.tributary.ctl;

import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.PutTitle;
import io.tributary.ctl.Console.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What viewers choose. */
@Command(name = "titles", description = "What viewers choose.", synopsisSubcommandLabel = "VERB")
final class TitlesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  TitlesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every title.")
  int list() {
    List<AdminTitle> titles = door.open().titles();
    console.answer(
        "titles",
        titles,
        new Table(
            List.of("ID", "NAME", "SECONDS", "PLAYABLE", "PUBLIC", "PACKAGE"),
            titles.stream()
                .map(title ->
                    List.of(
                        title.id(),
                        title.name(),
                        String.valueOf(title.durationMillis() / 1_000),
                        title.playable() ? "yes" : "no",
                        title.isPublic() ? "yes" : "no",
                        Table.cell(title.currentPackage())))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One title.")
  int show(@Parameters(paramLabel = "ID", description = "The title.") String id) {
    return show(door.open().title(id));
  }

  @Command(name = "set", description = "Changes a title; what is not named stays as it is.")
  int set(
      @Parameters(paramLabel = "ID", description = "The title.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "Its name, for people.")
          @Nullable String name,
      @Option(
              names = "--public",
              negatable = true,
              description = "Whether it plays without an account.")
          @Nullable Boolean isPublic) {
    AdminTitle now = door.open().title(id);
    door.open()
        .putTitle(
            id,
            new PutTitle(
                name == null ? now.name() : name, isPublic == null ? now.isPublic() : isPublic));
    return show(door.open().title(id));
  }

  @Command(
      name = "purge",
      description =
          "Takes a title off every node, until the purge is lifted; purges show tells how far.")
  int purge(@Parameters(paramLabel = "ID", description = "The title.") String id) {
    return PurgesCommand.show(console, door.open().purgeTitle(id));
  }

  private int show(AdminTitle title) {
    console.answer(
        title,
        Table.of(
            List.of(
                List.of("id", title.id()),
                List.of("name", title.name()),
                List.of("durationMillis", String.valueOf(title.durationMillis())),
                List.of("playable", String.valueOf(title.playable())),
                List.of("public", String.valueOf(title.isPublic())),
                List.of("package", Table.cell(title.currentPackage())))));
    return 0;
  }
}
