package io.tributary.oca.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the store's file system, and measures it with one file that leaves nothing behind. */
final class DiskProbe {
  private static final int PIECE_BYTES = 4 << 20;
  private static final long SYNC_EVERY_BYTES = 32L << 20;
  private static final Duration TOOL_TIME = Duration.ofSeconds(2);

  /** Of what is free: a node that runs there may be filling. */
  private static final int PART_OF_FREE = 4;

  private DiskProbe() {}

  /** What is there already of a directory that may be made only at the first start. */
  private static Path existing(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return at;
      }
    }
    return Path.of("/");
  }

  static SpaceFacts space(Path given, long maxBytes, Duration countingTime) {
    Path directory = given.toAbsolutePath().normalize();
    Path at = existing(directory);
    long held = 0;
    boolean isCounted = true;
    Mount mount = null;
    Long filesLeft = null;
    Boolean rotates = null;
    try {
      Held counted = held(directory, countingTime);
      held = counted.bytes();
      isCounted = counted.isWhole();
      mount = Mount.of(at.toRealPath(), mountinfo()).orElse(null);
      filesLeft = filesLeft(at);
      rotates = mount == null ? null : rotates(mount.device());
      Path file = Files.createTempFile(at, ".oca-node-check-", "");
      Files.delete(file);
      return new SpaceFacts(
          directory,
          at,
          maxBytes,
          held,
          isCounted,
          Files.getFileStore(at).getUsableSpace(),
          filesLeft,
          mount,
          rotates,
          null);
    } catch (IOException e) {
      return new SpaceFacts(
          directory, at, maxBytes, held, isCounted, 0, filesLeft, mount, rotates, e.toString());
    }
  }

  /** What is stored, as far as it could be counted. */
  private record Held(long bytes, boolean isWhole) {}

  private static Held held(Path directory, Duration time) throws IOException {
    if (!Files.isDirectory(directory)) {
      return new Held(0, true);
    }
    long end = System.nanoTime() + time.toNanos();
    long[] bytes = new long[1];
    boolean[] isWhole = {true};
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
            isWhole[0] = System.nanoTime() < end;
            return isWhole[0] ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A node at work renames and deletes.
            return FileVisitResult.CONTINUE;
          }
        });
    return new Held(bytes[0], isWhole[0]);
  }

  private static List<String> mountinfo() {
    try {
      return Files.readAllLines(Path.of("/proc/self/mountinfo"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static @Nullable Boolean rotates(String device) throws IOException {
    Path block = Path.of("/sys/dev/block", device);
    if (!Files.exists(block)) {
      return null;
    }
    // A partition has no queue of its own, but lies in its disk's directory.
    Path disk = block.toRealPath();
    Path own = disk.resolve("queue/rotational");
    Path queue = Files.exists(own) ? own : disk.resolveSibling("queue/rotational");
    return Files.exists(queue) ? Files.readString(queue).strip().equals("1") : null;
  }

  /** Java does not tell; null when the tool does not either, or there is no bound. */
  private static @Nullable Long filesLeft(Path at) {
    try {
      Process tool =
          new ProcessBuilder("stat", "-f", "-c", "%c %d", at.toString())
              .redirectErrorStream(true)
              .start();
      if (!tool.waitFor(TOOL_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        tool.destroyForcibly();
        return null;
      }
      String[] figures =
          new String(tool.getInputStream().readAllBytes(), US_ASCII).strip().split(" ", -1);
      return figures.length == 2 && Long.parseLong(figures[0]) > 0
          ? Long.valueOf(figures[1])
          : null;
    } catch (IOException | NumberFormatException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /**
   * Writes one large file, syncs it, and reads it again past the page cache where that can be.
   *
   * @param maxBytesWritten less is written where little is free, or the time is over before
   * @param timeEach of writing, and of reading
   */
  static SpeedFacts speed(
      Path at,
      long egressBitsPerSecond,
      long storeMaxBytes,
      long maxBytesWritten,
      Duration timeEach) {
    Speeds speeds = new Speeds(egressBitsPerSecond, storeMaxBytes);
    Path file = at.resolve(".oca-node-check-" + ProcessHandle.current().pid());
    try {
      long bytes =
          Math.min(maxBytesWritten, Files.getFileStore(at).getUsableSpace() / PART_OF_FREE)
              / PIECE_BYTES
              * PIECE_BYTES;
      if (bytes < PIECE_BYTES) {
        return speeds.failed("less than " + Amount.bytes(PIECE_BYTES * PART_OF_FREE) + " is free");
      }
      try (FileChannel out =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          FileChannel in = speeds.openToRead(file)) {
        // Without its name it is gone with this process, however that ends.
        Files.delete(file);
        int block = Math.toIntExact(Files.getFileStore(at).getBlockSize());
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES + block).alignedSlice(block);
        piece.limit(PIECE_BYTES);
        speeds.write(out, piece, bytes, timeEach);
        speeds.read(in, piece, timeEach);
      }
      return speeds.facts(null);
    } catch (IOException e) {
      return speeds.failed(e.toString());
    }
  }

  /** The figures while they come. */
  private static final class Speeds {
    private final long egressBitsPerSecond;
    private final long storeMaxBytes;
    private long written;
    private long writeNanos;
    private long read;
    private long readNanos;
    private boolean isPastCache;

    Speeds(long egressBitsPerSecond, long storeMaxBytes) {
      this.egressBitsPerSecond = egressBitsPerSecond;
      this.storeMaxBytes = storeMaxBytes;
    }

    FileChannel openToRead(Path file) throws IOException {
      try {
        FileChannel past = FileChannel.open(file, StandardOpenOption.READ, direct());
        isPastCache = true;
        return past;
      } catch (UnsupportedOperationException | IOException e) {
        return FileChannel.open(file, StandardOpenOption.READ);
      }
    }

    /** O_DIRECT. The JDK has it in a class that code may use, but not name without a warning. */
    private static OpenOption direct() {
      try {
        for (Object option :
            Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
          if (option instanceof OpenOption found && option.toString().equals("DIRECT")) {
            return found;
          }
        }
      } catch (ClassNotFoundException e) {
        throw new UnsupportedOperationException(e);
      }
      throw new UnsupportedOperationException("DIRECT");
    }

    void write(FileChannel out, ByteBuffer piece, long bytes, Duration time) throws IOException {
      // A file system that compresses would write nothing of zeroes.
      byte[] noise = new byte[piece.remaining()];
      new SplittableRandom(1).nextBytes(noise);
      piece.put(noise).flip();
      long begun = System.nanoTime();
      while (written < bytes && System.nanoTime() - begun < time.toNanos()) {
        piece.rewind();
        while (piece.hasRemaining()) {
          written += out.write(piece);
        }
        if (written % SYNC_EVERY_BYTES == 0) {
          out.force(false);
        }
      }
      out.force(true);
      writeNanos = System.nanoTime() - begun;
    }

    void read(FileChannel in, ByteBuffer piece, Duration time) throws IOException {
      long begun = System.nanoTime();
      while (read < written && System.nanoTime() - begun < time.toNanos()) {
        piece.clear().limit(PIECE_BYTES);
        int some = in.read(piece);
        if (some <= 0) {
          break;
        }
        read += some;
      }
      readNanos = System.nanoTime() - begun;
    }

    SpeedFacts failed(String reason) {
      return facts(reason);
    }

    SpeedFacts facts(@Nullable String failure) {
      return new SpeedFacts(
          egressBitsPerSecond,
          storeMaxBytes,
          written,
          writeNanos,
          read,
          readNanos,
          isPastCache,
          failure);
    }
  }
}
