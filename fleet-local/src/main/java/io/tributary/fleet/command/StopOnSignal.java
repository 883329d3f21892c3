package io.tributary.fleet.command;

import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.lifecycle.FleetContext;
import io.tributary.fleet.lifecycle.FleetException;
import io.tributary.fleet.lifecycle.FleetStopper;
import io.tributary.fleet.lifecycle.Progress;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Stops a whole fleet when this process is told to end, or fails, before it let go of the fleet.
 * Used by the thread that brings the fleet up; stops it from another.
 */
final class StopOnSignal {

  private final FleetContext fleet;
  private final Progress progress;
  private final Thread hook = Thread.ofPlatform().unstarted(this::stop);
  private FleetLock lock;
  private boolean lockHeld = true;
  private volatile boolean stopping;

  /**
   * Of one fleet.
   *
   * @param lock of the fleet, held until {@link #letGo} or this process's end
   */
  StopOnSignal(FleetContext fleet, FleetLock lock, Progress progress) {
    this.fleet = fleet;
    this.lock = lock;
    this.progress = progress;
  }

  void arm() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void disarm() {
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Lets other words work on the fleet; its lock is taken again for stopping. */
  synchronized void letGo() throws IOException {
    lock.close();
    lockHeld = false;
  }

  /** Does not return while the fleet is being stopped: what fails then fails because of it. */
  void parkIfStopping() throws InterruptedException {
    if (stopping) {
      new CountDownLatch(1).await();
    }
  }

  private synchronized void stop() {
    stopping = true;
    try {
      if (!lockHeld) {
        lock = FleetContext.lock(fleet.folder(), progress);
      }
      fleet.processes().startNothingMore();
      progress.stage("stopping the fleet");
      new FleetStopper(fleet.processes()).stopAll(progress);
      progress.end();
    } catch (IOException | FleetException e) {
      progress.tell("tributary: " + e.getMessage() + ". Try: ./tributary down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
