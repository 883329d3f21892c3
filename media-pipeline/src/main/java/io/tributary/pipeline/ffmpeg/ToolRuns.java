package io.tributary.pipeline.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs ffmpeg and ffprobe as processes of low priority: each with a time bound, its messages kept
 * bounded, and ended when this is closed. Safe for use by many threads.
 */
public final class ToolRuns implements AutoCloseable {
  /** Of a run's messages; the first say what is wrong, the last how it ended. */
  private static final int KEPT_CHARACTERS = 8 * 1024;

  /** An exit status above it is this and the number of a signal. */
  private static final int FIRST_SIGNAL = 128;

  /** A line of output beyond it is cut: no line that we read is nearly as long. */
  private static final int MAX_LINE_CHARACTERS = 1024 * 1024;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * How a run ended.
   *
   * @param exitStatus 0 for success
   * @param messages what it wrote to standard error, its middle left out if it was long
   * @param timedOut whether it was ended because it took too long
   */
  public record Outcome(int exitStatus, String messages, boolean timedOut) {
    /** Whether it ended by itself and well. */
    public boolean succeeded() {
      return exitStatus == 0 && !timedOut;
    }

    /**
     * Whether somebody else ended it by a signal, as the kernel does when memory runs out: that
     * says nothing of what it read.
     */
    public boolean wasKilled() {
      return exitStatus > FIRST_SIGNAL && !timedOut;
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param program to run
   * @param arguments after its name
   * @param directory to run in
   * @param bound after which it is killed
   * @param onStart gets its process id, so that whoever finds it after our own death can end it
   * @param onLine gets each line of its standard output, in a thread of its own that has ended when
   *     this returns
   * @throws IOException if it cannot be started, or its output not be read
   * @throws InterruptedException if the caller was interrupted; the program is killed at once
   */
  public Outcome run(
      Path program,
      List<String> arguments,
      Path directory,
      Duration bound,
      Consumer<ProcessHandle> onStart,
      Consumer<String> onLine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "10", program.toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    running.add(process);
    Messages messages = new Messages();
    try {
      if (closed.get()) {
        throw new IOException("stopping");
      }
      onStart.accept(process.toHandle());
      Thread drain = Thread.ofVirtual().start(() -> messages.drain(process.getErrorStream()));
      // Not by this thread: reading cannot be interrupted, and a stopped or superseded caller must
      // not encode on to the end of a film.
      FutureTask<Void> read =
          new FutureTask<>(() -> {
            try {
              readLines(process.getInputStream(), onLine);
            } catch (IOException | RuntimeException e) {
              process.destroyForcibly();
              throw e;
            }
            return null;
          });
      Thread.ofVirtual().start(read);
      boolean timedOut = !process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
      if (timedOut) {
        process.destroyForcibly();
      }
      int status = process.waitFor();
      drain.join();
      read.get();
      return new Outcome(status, messages.text(), timedOut);
    } catch (ExecutionException e) {
      throw new IOException("the output of " + program.getFileName() + " cannot be read", e);
    } finally {
      process.destroyForcibly();
      running.remove(process);
    }
  }

  /** Ends every program that still runs; later runs fail. */
  @Override
  public void close() {
    closed.set(true);
    running.forEach(Process::destroyForcibly);
  }

  private static void readLines(InputStream output, Consumer<String> onLine) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (StringBuilder line = new StringBuilder(); readLine(lines, line); line.setLength(0)) {
        onLine.accept(line.toString());
      }
    }
  }

  private static boolean readLine(Reader in, StringBuilder line) throws IOException {
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return true;
      }
      if (line.length() < MAX_LINE_CHARACTERS) {
        line.append((char) c);
      }
    }
    return !line.isEmpty();
  }

  /** The beginning and the end of a text of any length. */
  private static final class Messages {
    private final StringBuilder first = new StringBuilder();
    private final StringBuilder last = new StringBuilder();

    synchronized void drain(InputStream errors) {
      try (Reader in = new InputStreamReader(errors, StandardCharsets.UTF_8)) {
        char[] chunk = new char[4096];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          int toFirst = Math.min(n, KEPT_CHARACTERS - first.length());
          first.append(chunk, 0, toFirst);
          last.append(chunk, toFirst, n - toFirst);
          if (last.length() > KEPT_CHARACTERS) {
            last.delete(0, last.length() - KEPT_CHARACTERS);
          }
        }
      } catch (IOException e) {
        last.append("(messages could not be read: ").append(e.getMessage()).append(')');
      }
    }

    synchronized String text() {
      return last.isEmpty() ? first.toString() : first + "\n…\n" + last;
    }
  }
}
