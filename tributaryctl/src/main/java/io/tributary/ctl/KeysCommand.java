package io.tributary.ctl;

import io.tributary.ctl.Console.Table;
import io.tributary.ctl.keys.FleetKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The secrets of a new fleet. Needs no door. */
@Command(
    name = "keys",
    description = "The secrets of a new fleet.",
    synopsisSubcommandLabel = "VERB")
final class KeysCommand implements Runnable {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  KeysCommand(Console console) {
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(
      name = "make",
      description = {
        "Makes the secrets that are not in FOLDER yet, a folder each: what signs media tokens, the"
            + " authority of nodes, the store's credentials, the local issuer's key.",
        "Who has FOLDER has the fleet: keep it where secrets are kept."
      })
  int make(
      @Parameters(paramLabel = "FOLDER", description = "Where they go.") Path folder,
      @Option(
              names = "--node-door",
              paramLabel = "HOST",
              description =
                  "A name or address by which nodes reach the node door; may be given again.")
          @Nullable List<String> nodeDoorHosts)
      throws InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    try {
      new FleetKeys(folder, keytool, nodeDoorHosts == null ? List.of() : nodeDoorHosts)
          .makeMissing();
    } catch (IOException e) {
      console.error(
          "the keys cannot be made: " + e.getMessage(), "Name a folder that can be written to.");
      return TributaryCtl.REFUSED;
    }
    console.answer(
        Map.of("folder", folder.toString()), Table.of(List.of(List.of("keys", folder.toString()))));
    return 0;
  }
}
