package io.tributary.fleet.lifecycle;

import io.tributary.ctl.AdminException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks again what a starting fleet may refuse for a while, up to a limit. */
public final class Patience {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** A try of a play is a play like any other to whoever counts them. */
  private static final Duration BETWEEN_PLAYS = Duration.ofSeconds(1);

  private final Duration atMost;
  private final Duration between;
  private final Progress progress;

  /** So patient for each thing that is asked. */
  public Patience(Duration atMost, Progress progress) {
    this(atMost, BETWEEN_LOOKS, progress);
  }

  private Patience(Duration atMost, Duration between, Progress progress) {
    this.atMost = atMost;
    this.between = between;
    this.progress = progress;
  }

  /** As patient, and asking less often, as suits the asking for a play. */
  public Patience forPlays() {
    return new Patience(atMost, BETWEEN_PLAYS, progress);
  }

  /** Something that may not be so yet. */
  @FunctionalInterface
  public interface Attempt<T> {
    /** Empty if it is not so yet; a refusal counts as that too. */
    Optional<T> run() throws IOException, InterruptedException;
  }

  /**
   * Waits for something.
   *
   * @param what for people
   * @throws FleetException with the last refusal's words when time is up
   */
  public <T> T await(String what, Attempt<T> attempt) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    String last = "";
    while (true) {
      try {
        Optional<T> done = attempt.run();
        if (done.isPresent()) {
          return done.get();
        }
      } catch (IOException | AdminException e) {
        last = ": " + (e.getMessage() == null ? e.toString() : e.getMessage());
        progress.waitingFor(what + last);
      }
      if (System.nanoTime() > deadline) {
        throw new FleetException(
            "no %s after %d s%s. Look at: ./tributary status, and ./tributary logs NAME"
                .formatted(what, atMost.toSeconds(), last));
      }
      TimeUnit.NANOSECONDS.sleep(between.toNanos());
    }
  }
}
