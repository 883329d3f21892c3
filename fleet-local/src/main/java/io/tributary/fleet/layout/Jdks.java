package io.tributary.fleet.layout;

import java.nio.file.Path;

/**
 * The two JDKs.
 *
 * @param current that everything of ours runs on (25)
 * @param cassandra that Cassandra runs on (17: it needs a security manager)
 */
public record Jdks(Path current, Path cassandra) {

  /** The launcher's own JDK, and the one that the script found for Cassandra. */
  public static Jdks found() {
    String seventeen = System.getenv("JAVA17_HOME");
    if (seventeen == null || seventeen.isBlank()) {
      throw new IllegalStateException(
          "JAVA17_HOME is not set: Cassandra needs a JDK 17. Install one (Debian: apt-get install"
              + " openjdk-17-jdk-headless) or name its folder in JAVA17_HOME");
    }
    return new Jdks(Path.of(System.getProperty("java.home")), Path.of(seventeen));
  }

  /** A program of a JDK. */
  public static Path tool(Path jdk, String name) {
    return jdk.resolve("bin").resolve(name);
  }
}
