package io.tributary.fleet.faststart;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The archive of the launcher's own loaded classes, with which a word answers in a fraction of the
 * time. It is made by one status in a process like this one. The script names it whenever it is
 * there; the JVM takes no notice of one that was made from other jars.
 */
public final class LauncherArchive {
  /** A status and the writing take a few seconds; on a busy machine many more. */
  private static final Duration MADE_AT_MOST = Duration.ofMinutes(1);

  private final Path archive;
  private final Path failed;
  private final boolean enabled;

  /**
   * The archive in a folder.
   *
   * @param cache the script's own idea of it: {@code .tributary/cache} of the checkout
   * @param enabled whether there is to be one
   */
  public LauncherArchive(Path cache, boolean enabled) {
    this.archive = cache.resolve("launcher.aot");
    this.failed = cache.resolve("launcher.aot.failed");
    this.enabled = enabled;
  }

  /**
   * Makes it unless there is one of what this process runs from, by asking after a fleet. Where
   * that fails there is none, and it is not tried again until the jars change: a word is slower,
   * never not.
   *
   * @param fleet one that runs, so that what a word needs is loaded
   */
  public void makeIfMissing(String fleet) throws InterruptedException {
    try {
      if (enabled && !isNewerThanJars(archive) && !isNewerThanJars(failed)) {
        make(fleet);
      }
    } catch (IOException e) {
      // A full disk, a rebuild under our feet: nothing that a fleet that runs should be ended for.
    }
  }

  private static boolean isNewerThanJars(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    for (String jar : classPath().split(File.pathSeparator, -1)) {
      if (Files.getLastModifiedTime(Path.of(jar)).compareTo(Files.getLastModifiedTime(file)) > 0) {
        return false;
      }
    }
    return true;
  }

  private void make(String fleet) throws IOException, InterruptedException {
    Files.createDirectories(archive.resolveSibling(""));
    Files.deleteIfExists(failed);
    // Two launchers may be at it at once.
    Path next = archive.resolveSibling("launcher.aot." + ProcessHandle.current().pid());
    Files.deleteIfExists(next);
    Files.deleteIfExists(archive);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-XX:AOTCache=")) {
        command.add(option);
      }
    }
    command.add("-XX:AOTCacheOutput=" + next);
    command.addAll(List.of("-cp", classPath(), mainClass(), "status", "--json", "--fleet", fleet));
    Process made =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!made.waitFor(MADE_AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
      // The one that writes the archive is a child of the one that asked.
      List<ProcessHandle> writers = made.descendants().toList();
      made.destroyForcibly();
      writers.forEach(ProcessHandle::destroyForcibly);
    }
    if (made.waitFor() == 0 && Files.exists(next)) {
      Files.move(next, archive, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.writeString(failed, "");
      Files.deleteIfExists(next);
    }
  }

  /** What this JVM was started with: the main class, then its arguments. */
  private static String mainClass() {
    return System.getProperty("sun.java.command").split(" ", 2)[0];
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
