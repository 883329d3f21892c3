package io.tributary.fleet.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who listens on a port, as far as this user may see.
 *
 * @param pid the process; empty when it is another user's
 * @param command its command line, shortened
 */
public record PortOwner(OptionalLong pid, String command) {

  private static final String LISTENING = "0A";

  /** Empty when nobody listens on this TCP port of any address. */
  public static Optional<PortOwner> of(int port) throws IOException {
    Set<String> inodes = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        inodes.addAll(inodes(Files.readAllLines(Path.of(table)), port));
      }
    }
    if (inodes.isEmpty()) {
      return Optional.empty();
    }
    for (long pid : ProcFs.pids()) {
      if (holdsOneOf(pid, inodes)) {
        return Optional.of(new PortOwner(OptionalLong.of(pid), ProcFs.command(pid)));
      }
    }
    return Optional.of(new PortOwner(OptionalLong.empty(), ""));
  }

  /** For people. */
  public String words() {
    return pid.isPresent()
        ? "process " + pid.getAsLong() + " (" + command + ")"
        : "a process of another user";
  }

  /** The sockets that listen on a port, from the lines of {@code /proc/net/tcp}. */
  static Set<String> inodes(List<String> lines, int port) {
    Set<String> inodes = new HashSet<>();
    String suffix = String.format(":%04X", port);
    for (String line : lines) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
        inodes.add("socket:[" + columns[9] + "]");
      }
    }
    return inodes;
  }

  private static boolean holdsOneOf(long pid, Set<String> inodes) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        if (inodes.contains(target(file))) {
          return true;
        }
      }
    } catch (IOException e) {
      // Ended meanwhile, or not ours to look into.
    }
    return false;
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
