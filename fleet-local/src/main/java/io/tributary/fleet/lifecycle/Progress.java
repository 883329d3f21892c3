package io.tributary.fleet.lifecycle;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what is being waited for: a line a stage with the time it took, live on a terminal.
 * For use by one thread; {@link #tell} by any.
 */
public final class Progress {

  private final PrintStream out;
  private final boolean live;
  private final boolean quiet;
  private @Nullable String stage;
  private String detail = "";
  private long stageBegan;

  private Progress(PrintStream out, boolean live, boolean quiet) {
    this.out = out;
    this.live = live;
    this.quiet = quiet;
  }

  /** On standard error; live where the script saw a terminal there. */
  public static Progress onStandardError() {
    return new Progress(System.err, "1".equals(System.getenv("TRIBUTARY_TTY")), false);
  }

  /** Says nothing. */
  public static Progress silent() {
    return new Progress(System.err, false, true);
  }

  /** Begins the next stage and ends the one before. */
  public synchronized void stage(String name) {
    end();
    stage = name;
    detail = "";
    stageBegan = System.nanoTime();
    draw();
  }

  /** What the stage waits for now; shown on a terminal alone. */
  public synchronized void waitingFor(String what) {
    detail = what;
    draw();
  }

  /** Ends the last stage. */
  public synchronized void end() {
    if (stage == null || quiet) {
      stage = null;
      return;
    }
    if (live) {
      out.print("\r\u001b[K");
    }
    out.printf(Locale.ROOT, "  %-44s %6.1f s%n", stage, seconds());
    stage = null;
  }

  /** A line of its own. */
  public synchronized void tell(String line) {
    if (quiet) {
      return;
    }
    if (live) {
      out.print("\r\u001b[K");
    }
    out.println(line);
    draw();
  }

  private void draw() {
    if (live && !quiet && stage != null) {
      String line =
          String.format(
              Locale.ROOT,
              "  %s %.0f s%s",
              stage,
              seconds(),
              detail.isEmpty() ? "" : ": " + detail);
      out.print("\r\u001b[K" + (line.length() > 100 ? line.substring(0, 97) + "..." : line));
      out.flush();
    }
  }

  private double seconds() {
    return Duration.ofNanos(System.nanoTime() - stageBegan).toMillis() / 1000.0;
  }
}
