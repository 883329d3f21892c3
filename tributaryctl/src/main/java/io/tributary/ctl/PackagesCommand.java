package io.tributary.ctl;

import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.media.PackageRef;
import io.tributary.ctl.Console.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Encodings of titles, and where they are. */
@Command(
    name = "packages",
    description = "Encodings of titles, and where they are.",
    synopsisSubcommandLabel = "VERB")
final class PackagesCommand implements Runnable {
  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  PackagesCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(name = "list", description = "Every package.")
  int list() {
    List<PackageView> packages = door.open().packages();
    console.answer(
        "packages",
        packages,
        new Table(
            List.of("PACKAGE", "BYTES", "PLACED", "HELD BY", "PLANNED ON"),
            packages.stream()
                .map(view ->
                    List.of(
                        view.titleId() + "/" + view.packageVersion(),
                        String.valueOf(view.bytes()),
                        view.placed() ? "yes" : "no",
                        Table.cell(String.join(" ", view.holdingNodes())),
                        Table.cell(String.join(" ", view.plannedNodes()))))
                .toList()));
    return 0;
  }

  @Command(name = "show", description = "One package.")
  int show(
      @Parameters(paramLabel = "TITLE/VERSION", description = "The package.") String reference) {
    PackageView view = door.open().packageView(parse(spec, reference));
    console.answer(
        view,
        Table.of(
            List.of(
                List.of("package", view.titleId() + "/" + view.packageVersion()),
                List.of("bytes", String.valueOf(view.bytes())),
                List.of("placed", String.valueOf(view.placed())),
                List.of("held by", Table.cell(String.join(" ", view.holdingNodes()))),
                List.of("planned on", Table.cell(String.join(" ", view.plannedNodes()))))));
    return 0;
  }

  static PackageRef parse(@Nullable CommandSpec spec, String reference) {
    String[] parts = reference.split("/", -1);
    try {
      if (parts.length == 2) {
        return new PackageRef(parts[0], parts[1]);
      }
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, String.valueOf(e.getMessage()));
    }
    throw Usage.error(spec, "package is " + reference + " (expected: TITLE/VERSION)");
  }
}
