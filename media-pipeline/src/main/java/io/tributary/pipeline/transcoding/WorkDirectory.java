package io.tributary.pipeline.transcoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One job's files on this machine. What lies under its final name is whole: everything is made
 * under another name and renamed.
 *
 * <pre>
 * &lt;ingestId&gt;/source                the source, whole
 * &lt;ingestId&gt;/source.sha256         its digest: this step is done
 * &lt;ingestId&gt;/attempt-&lt;fence&gt;/       an encoding that runs, or was killed
 * &lt;ingestId&gt;/attempt-&lt;fence&gt;.ffmpeg its process: id and start
 * &lt;ingestId&gt;/package/              every file of the package and its manifest: this step is done
 * </pre>
 */
final class WorkDirectory {
  private static final String ATTEMPT = "attempt-";
  private static final String PROCESS = ".ffmpeg";

  private final Path root;

  WorkDirectory(Path workDirectory, String ingestId) {
    this.root = workDirectory.toAbsolutePath().resolve("jobs").resolve(ingestId);
  }

  /** The ingests of which there is something here; the caller's to change. */
  static Set<String> ingestsIn(Path workDirectory) throws IOException {
    Path jobs = workDirectory.toAbsolutePath().resolve("jobs");
    Set<String> ingests = new TreeSet<>();
    if (Files.isDirectory(jobs)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(jobs)) {
        entries.forEach(entry -> ingests.add(String.valueOf(entry.getFileName())));
      }
    }
    return ingests;
  }

  void create() throws IOException {
    Files.createDirectories(root);
  }

  Path source() {
    return root.resolve("source");
  }

  /** The digest of a source that was read whole before; empty if it was not. */
  Optional<String> sourceSha256(long sourceBytes) throws IOException {
    Path file = root.resolve("source.sha256");
    boolean isWhole =
        Files.exists(file) && Files.exists(source()) && Files.size(source()) == sourceBytes;
    return isWhole ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  /** Where a source is written before it is whole. */
  Path incomingSource() {
    return root.resolve("source.part");
  }

  /**
   * Keeps the incoming source as the one with this digest. Its bytes are on the disk before the
   * digest is: a source that a power cut tore would be judged, and deleted, as no video.
   */
  void keepSource(String sha256) throws IOException {
    Files.deleteIfExists(root.resolve("source.sha256"));
    sync(incomingSource(), StandardOpenOption.WRITE);
    Files.move(incomingSource(), source(), StandardCopyOption.REPLACE_EXISTING);
    sync(root, StandardOpenOption.READ);
    Path fresh = root.resolve("source.sha256.part");
    Files.writeString(fresh, sha256);
    sync(fresh, StandardOpenOption.WRITE);
    Files.move(fresh, root.resolve("source.sha256"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The finished package; empty if it is not finished. */
  Optional<Path> finishedPackage() {
    Path directory = root.resolve("package");
    return Files.isDirectory(directory) ? Optional.of(directory) : Optional.empty();
  }

  /** A new, empty directory; what earlier attempts left, processes too, is removed. */
  Path newAttempt(long fence) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, ATTEMPT + "*")) {
      for (Path entry : entries) {
        if (entry.toString().endsWith(PROCESS)) {
          endLeftProcess(entry);
        }
        delete(entry);
      }
    }
    return Files.createDirectories(root.resolve(ATTEMPT + fence));
  }

  /** Notes an attempt's process, for whoever finds it running after our own death. */
  void noteProcess(long fence, ProcessHandle process) {
    String start = process.info().startInstant().map(Instant::toString).orElse("");
    try {
      Files.writeString(root.resolve(ATTEMPT + fence + PROCESS), process.pid() + " " + start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path finishAttempt(long fence) throws IOException {
    return Files.move(root.resolve(ATTEMPT + fence), root.resolve("package"));
  }

  /** Forgets a package that turned out not to be what it should. */
  void dropPackage() throws IOException {
    delete(root.resolve("package"));
  }

  void delete() throws IOException {
    if (Files.exists(root)) {
      newAttempt(0);
    }
    delete(root);
  }

  private static void sync(Path file, OpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(file, access)) {
      channel.force(true);
    }
  }

  /** Ends an encoder that outlived the worker which started it; never a stranger's process. */
  private static void endLeftProcess(Path note) throws IOException {
    String[] words = Files.readString(note).split(" ", 2);
    if (words.length == 2 && words[0].matches("[0-9]{1,10}")) {
      ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process ->
              process.info().startInstant().map(Instant::toString).orElse("?").equals(words[1]))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
