package io.tributary.oca.check;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mounted file system, as {@code /proc/self/mountinfo} tells it.
 *
 * @param device major:minor
 * @param point where it is mounted
 * @param options such as {@code noatime}
 * @param type such as {@code ext4}
 * @param source such as {@code /dev/sda1}
 */
record Mount(String device, Path point, Set<String> options, String type, String source) {
  private static final String SEPARATOR = " - ";
  private static final int OPTIONAL_FIELDS = 6;

  /** Relatime is the kernel's default, and named by it; neither it nor noatime is: strictatime. */
  boolean writesOnEachRead() {
    return !options.contains("noatime") && !options.contains("relatime") && !options.contains("ro");
  }

  /** The one that a path, absolute and without links, is on: the deepest, and of these the last. */
  static Optional<Mount> of(Path path, List<String> mountinfo) {
    return mountinfo.stream()
        .flatMap(line -> parse(line).stream())
        .filter(mount -> path.startsWith(mount.point()))
        .reduce((one, other) ->
            Comparator.<Mount>comparingInt(mount -> mount.point().getNameCount())
                        .compare(one, other)
                    > 0
                ? one
                : other);
  }

  private static Optional<Mount> parse(String line) {
    int separator = line.indexOf(SEPARATOR);
    if (separator < 0) {
      return Optional.empty();
    }
    String[] fields = line.substring(0, separator).split(" ", -1);
    String[] rest = line.substring(separator + SEPARATOR.length()).split(" ", -1);
    if (fields.length < OPTIONAL_FIELDS || rest.length < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Mount(
            fields[2],
            Path.of(fields[4].replace("\\040", " ")),
            Set.of(fields[5].split(",", -1)),
            rest[0],
            rest[1]));
  }
}
