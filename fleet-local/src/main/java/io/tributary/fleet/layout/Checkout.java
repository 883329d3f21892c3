package io.tributary.fleet.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built checkout that a fleet runs from.
 *
 * @param root its folder
 */
public record Checkout(Path root) {

  /**
   * The jars that a service's process needs, its own first.
   *
   * @throws IOException if its module is not built
   */
  public List<Path> classPath(Service service) throws IOException {
    return classPath(service.module());
  }

  /**
   * The jars that a module's process needs, its own first.
   *
   * @throws IOException if the module is not built
   */
  public List<Path> classPath(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    Path listed = target.resolve("runtime-classpath");
    if (!Files.exists(listed)) {
      throw new IOException(
          module + " is not built: " + listed + " is missing. Run: ./tributary up");
    }
    List<Path> classPath = new ArrayList<>();
    ownJar(module, target).ifPresent(classPath::add);
    for (String jar : Files.readString(listed).trim().split(":", -1)) {
      if (!jar.isEmpty()) {
        classPath.add(Path.of(jar));
      }
    }
    return classPath;
  }

  /** When the newest of the jars that a module's process needs was written. */
  public Instant builtAt(Service service) throws IOException {
    Instant newest = Instant.EPOCH;
    for (Path jar : classPath(service)) {
      Instant written = Files.getLastModifiedTime(jar).toInstant();
      newest = written.isAfter(newest) ? written : newest;
    }
    return newest;
  }

  private static Optional<Path> ownJar(String module, Path target) throws IOException {
    String artifact = module.replace('/', '-');
    Pattern name = Pattern.compile(Pattern.quote(artifact) + "-[0-9][0-9.]*\\.jar");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
          .findFirst();
    }
  }
}
