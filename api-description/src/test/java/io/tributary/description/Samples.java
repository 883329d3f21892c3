package io.tributary.description;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contracts' golden samples, as examples: they are what today's readers and writers are tested
 * with. A record's {@code example.json} comes before its {@code full.json}, whose fields need not
 * make sense together.
 */
final class Samples {
  private static final Path FOLDER =
      ApiFile.ROOT.resolve("fleet-contracts/src/test/resources/contracts");

  /** A body of this type; empty for one that is not among the contracts. */
  Optional<JsonNode> of(Class<?> type) {
    String packageName = type.getPackageName();
    Path versions =
        FOLDER
            .resolve(packageName.substring(packageName.lastIndexOf('.') + 1))
            .resolve(
                type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    return newest(versions, "example.json")
        .or(() -> newest(versions, "full.json"))
        .map(file -> JsonMapper.shared().readTree(file.toFile()));
  }

  /** {@code v<n>/name} with the largest n. */
  private static Optional<Path> newest(Path versions, String name) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> versions.resolve("v" + n))
        .takeWhile(Files::exists)
        .map(version -> version.resolve(name))
        .filter(Files::exists)
        .reduce((older, newer) -> newer);
  }
}
