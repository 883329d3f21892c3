package io.tributary.pipeline.publishing;

import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePublished;
import java.io.IOException;

/** Tells the fleet that a package exists. */
@FunctionalInterface
public interface Announcer {
  /**
   * Returns once every replica that must has it; repeatable.
   *
   * @throws IOException if that cannot be known to have happened
   */
  void announce(Event<PackagePublished> event) throws IOException, InterruptedException;
}
