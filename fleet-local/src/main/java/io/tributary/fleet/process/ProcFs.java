package io.tributary.fleet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel's word on which processes there are ({@code /proc}). Stateless. */
final class ProcFs {

  private static final Path PROC = Path.of("/proc");

  private ProcFs() {}

  static String bootId() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }

  /** Empty when there is no such process (any more). */
  static Optional<ProcStat> stat(long pid) {
    try {
      return Optional.of(
          ProcStat.parse(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Every process of a session that has not ended. */
  static List<ProcStat> session(long id) throws IOException {
    List<ProcStat> members = new ArrayList<>();
    for (long pid : pids()) {
      stat(pid).filter(stat -> stat.session() == id && stat.state() != 'Z').ifPresent(members::add);
    }
    return members;
  }

  static List<Long> pids() throws IOException {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .toList();
    }
  }

  /** The command line for people, shortened; the pid when it cannot be read. */
  static String command(long pid) {
    try {
      String line =
          Files.readString(PROC.resolve(Long.toString(pid)).resolve("cmdline"))
              .replace('\0', ' ')
              .strip();
      return line.length() > 120 ? line.substring(0, 117) + "..." : line;
    } catch (IOException e) {
      return "process " + pid;
    }
  }
}
