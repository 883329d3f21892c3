package io.tributary.pipeline.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the ffmpeg that comes in our class path into a directory, once.
 *
 * <p>What it makes are two scripts, {@code ffmpeg} and {@code ffprobe}, that anybody may run: they
 * become the real programs with the right library path, under the same process id. Several
 * processes may install into one directory at once.
 */
public final class FfmpegInstallation {
  /** Grows when what is made of the same jar changes, so that an old extraction is not used. */
  private static final int LAYOUT = 1;

  /** A program names one absent library a run, and one version of it. */
  private static final int MAX_LOADER_COMPLAINTS = 40;

  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("error while loading shared libraries: (lib[A-Za-z0-9_+.-]+): cannot open");
  private static final Pattern MISSING_VERSION =
      Pattern.compile(
          "(lib[A-Za-z0-9_+.-]+): (?:version [`'\"]([A-Za-z0-9_.]+)' not found"
              + "|no version information)");

  private FfmpegInstallation() {}

  /**
   * The programs, extracted if they were not yet.
   *
   * @param cacheDirectory made if absent; about 100 MB are kept in it
   * @throws IOException if there is none for this machine, or it does not run here; the message
   *     tells what to install
   */
  public static Ffmpeg into(Path cacheDirectory) throws IOException {
    String platform =
        System.getProperty("os.arch").equals("aarch64") ? "linux-arm64-gpl" : "linux-x86_64-gpl";
    String folder = "org/bytedeco/ffmpeg/" + platform + "/";
    URL program = FfmpegInstallation.class.getClassLoader().getResource(folder + "ffmpeg");
    if (program == null || !(program.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(
          "no ffmpeg for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " is packaged (expected: settings pipeline.ffmpeg and pipeline.ffprobe)");
    }
    connection.setUseCaches(false);
    Path root = cacheDirectory.toAbsolutePath();
    Files.createDirectories(root);
    try (JarFile jar = connection.getJarFile();
        FileChannel lock =
            FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      String jarName = Path.of(jar.getName()).getFileName().toString().replace(".jar", "");
      Path home = root.resolve(jarName + "-" + LAYOUT);
      // Another process may be at it; the lock ends with the process.
      try (var _ = lock.lock()) {
        if (!Files.exists(home)) {
          Path fresh = Files.createTempDirectory(root, "extracting-");
          extract(jar, folder, fresh);
          completeLibraries(fresh);
          Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } else {
          // A library of the machine's own may have gone since.
          completeLibraries(home);
        }
      }
      return new Ffmpeg(home.resolve("ffmpeg"), home.resolve("ffprobe"));
    }
  }

  private static void extract(JarFile jar, String folder, Path home) throws IOException {
    Path libraries = Files.createDirectories(home.resolve("lib"));
    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      String name = entry.getName().substring(Math.min(folder.length(), entry.getName().length()));
      boolean isWanted =
          entry.getName().startsWith(folder)
              && name.matches("ffmpeg|ffprobe|lib[A-Za-z0-9_+.-]+\\.so[.0-9]*")
              && !name.startsWith("libjni");
      if (isWanted) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, libraries.resolve(name));
        }
      }
    }
    for (String name : new String[] {"ffmpeg", "ffprobe"}) {
      makeExecutable(libraries.resolve(name));
      // By its own place, so that the directory may be moved.
      Files.writeString(
          home.resolve(name),
          """
          #!/bin/sh
          lib="$(dirname "$(readlink -f "$0")")/lib"
          export LD_LIBRARY_PATH="$lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
          exec "$lib/%s" "$@"
          """
              .formatted(name));
      makeExecutable(home.resolve(name));
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** Puts an empty library in the place of each that the loader misses, until ffmpeg runs. */
  private static void completeLibraries(Path home) throws IOException {
    Map<String, SequencedSet<String>> stubs = new LinkedHashMap<>();
    String complaint = "";
    for (int i = 0; i < MAX_LOADER_COMPLAINTS; i++) {
      complaint = complaint(home);
      if (complaint.isEmpty()) {
        return;
      }
      boolean isUnderstood = false;
      Matcher missing = MISSING_LIBRARY.matcher(complaint);
      while (missing.find()) {
        isUnderstood |= stubs.putIfAbsent(missing.group(1), new LinkedHashSet<>()) == null;
      }
      Matcher version = MISSING_VERSION.matcher(complaint);
      while (version.find()) {
        SequencedSet<String> versions = stubs.get(version.group(1));
        if (versions != null && version.group(2) != null) {
          isUnderstood |= versions.add(version.group(2));
        }
      }
      if (!isUnderstood) {
        break;
      }
      for (Map.Entry<String, SequencedSet<String>> stub : stubs.entrySet()) {
        LibraryStub.write(home.resolve("lib").resolve(stub.getKey()), stub.getValue());
      }
    }
    throw new IOException("ffmpeg does not run on this machine: " + complaint.strip());
  }

  /** What the loader writes when ffprobe, which needs the same libraries, starts; empty if fine. */
  private static String complaint(Path home) throws IOException {
    Process process =
        new ProcessBuilder(home.resolve("ffmpeg").toString(), "-v", "quiet", "-version")
            .redirectErrorStream(false)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream errors = process.getErrorStream()) {
      String text = new String(errors.readNBytes(64 * 1024), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "it did not end in 30 s";
      }
      return text.isEmpty() && process.exitValue() != 0
          ? "it ended with status " + process.exitValue()
          : text;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while ffmpeg was tried", e));
    }
  }
}
