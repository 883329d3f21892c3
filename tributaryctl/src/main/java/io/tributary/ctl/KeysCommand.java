package io.tributary.ctl;

import io.tributary.ctl.Console.Table;
import io.tributary.ctl.keys.FleetKeys;
import io.tributary.ctl.keys.MediaKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The secrets of a fleet, in a folder. Needs no door. */
@Command(
    name = "keys",
    description = "The secrets of a fleet, and the keys of media tokens in them.",
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
    try {
      files(folder, nodeDoorHosts == null ? List.of() : nodeDoorHosts).makeMissing();
    } catch (IOException e) {
      console.error(
          "the keys cannot be made: " + e.getMessage(), "Name a folder that can be written to.");
      return TributaryCtl.REFUSED;
    }
    console.answer(
        Map.of("folder", folder.toString()), Table.of(List.of(List.of("keys", folder.toString()))));
    return 0;
  }

  @Command(
      name = "list",
      description = "The keys of media tokens: the first one signs, all verify.")
  int list(@Parameters(paramLabel = "FOLDER", description = "Where they are.") Path folder) {
    return withMediaKeys(folder, keys -> show(keys.ids()));
  }

  @Command(
      name = "create",
      description = {
        "Makes one more key of media tokens; prints its id and nothing else.",
        "It verifies and does not sign yet: let every service and node read it first."
      })
  int create(@Parameters(paramLabel = "FOLDER", description = "Where they are.") Path folder) {
    return withMediaKeys(
        folder,
        keys -> {
          String id = keys.add();
          console.answer(Map.of("id", id), Table.of(List.of(List.of(id))));
        });
  }

  @Command(name = "set", description = "Lets a key sign media tokens; the others verify on.")
  int set(
      @Parameters(index = "0", paramLabel = "FOLDER", description = "Where they are.") Path folder,
      @Parameters(index = "1", paramLabel = "ID", description = "The key that is to sign.")
          String id) {
    return withMediaKeys(
        folder,
        keys -> {
          keys.sign(id);
          show(keys.ids());
        });
  }

  @Command(
      name = "delete",
      description = {
        "Ends a key that no longer signs: media tokens that it signed are refused.",
        "They live for twelve hours, or three times a longer title."
      })
  int delete(
      @Parameters(index = "0", paramLabel = "FOLDER", description = "Where they are.") Path folder,
      @Parameters(index = "1", paramLabel = "ID", description = "The key that goes.") String id) {
    return withMediaKeys(
        folder,
        keys -> {
          keys.remove(id);
          show(keys.ids());
        });
  }

  private interface Act {
    void on(MediaKeys keys) throws IOException;
  }

  private int withMediaKeys(Path folder, Act act) {
    try {
      act.on(new MediaKeys(files(folder, List.of())));
      return 0;
    } catch (NoSuchFileException e) {
      console.error(
          "there are no keys in " + folder, "Make them with: tributaryctl keys make FOLDER");
    } catch (IOException e) {
      console.error(String.valueOf(e.getMessage()), "See them with: tributaryctl keys list FOLDER");
    }
    return TributaryCtl.REFUSED;
  }

  private void show(List<String> ids) {
    List<MediaKey> keys = new ArrayList<>();
    ids.forEach(id -> keys.add(new MediaKey(id, keys.isEmpty())));
    console.answer(
        "keys",
        keys,
        new Table(
            List.of("ID", "SIGNS"),
            keys.stream().map(key -> List.of(key.id(), key.signs() ? "yes" : "no")).toList()));
  }

  record MediaKey(String id, boolean signs) {}

  private static FleetKeys files(Path folder, List<String> nodeDoorHosts) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    return new FleetKeys(folder, keytool, nodeDoorHosts);
  }
}
