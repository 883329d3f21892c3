package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a JDK 17: {@code JAVA17_HOME}, {@code JAVA_HOME}, then where JDKs usually are. */
final class Jdk17 {
  private Jdk17() {}

  /**
   * Its {@code java}.
   *
   * @throws IllegalStateException if there is none
   */
  static Path java() {
    Path user = Path.of(System.getProperty("user.home"));
    Stream<Path> named =
        Stream.of("JAVA17_HOME", "JAVA_HOME", "JAVA_HOME_17_X64")
            .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
            .map(Path::of);
    Stream<Path> usual =
        Stream.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"))
            .flatMap(Jdk17::children)
            .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
    return Stream.concat(named, usual)
        .filter(Jdk17::isJdk17)
        .map(home -> home.resolve("bin").resolve("java"))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no JDK 17 found; Cassandra needs one (name its folder in JAVA17_HOME)"));
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isJdk17(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin").resolve("java"))
          && Files.isRegularFile(release)
          && Files.readString(release).contains("JAVA_VERSION=\"17");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
