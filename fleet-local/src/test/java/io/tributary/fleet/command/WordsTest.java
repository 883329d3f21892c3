package io.tributary.fleet.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fleet.lifecycle.FleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WordsTest {

  /** The script helps before anything is built, so it says the words itself. */
  @Test
  void theScriptsOwnHelpNamesEveryWordAndEveryOptionThatIsNoLaunchersOwn() throws Exception {
    String script = Files.readString(script());
    String help = script.substring(script.indexOf("cat <<'EOT'"), script.lastIndexOf("\nEOT\n"));

    Words.line()
        .getSubcommands()
        .forEach((word, command) -> {
          assertThat(help).containsPattern("(^|[ ,\n])" + word + "[ ,\n]");
          command.getCommandSpec().options().stream()
              .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
              .forEach(option -> assertThat(help).as(word).contains(option.longestName()));
        });
  }

  @Test
  void everyFailureNamesTheNextStepOnce() {
    assertThat(Words.nextStep(new FleetException("… Start it: ./tributary up"), "kill")).isEmpty();
    assertThat(Words.nextStep(new IOException("no route"), "play")).contains("./tributary status");
    assertThat(Words.nextStep(new IllegalArgumentException("x is 1"), "up"))
        .contains("./tributary up --help");
  }

  private static Path script() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("tributary"))) {
      folder = folder.resolve("..").normalize();
    }
    return folder.resolve("tributary");
  }
}
