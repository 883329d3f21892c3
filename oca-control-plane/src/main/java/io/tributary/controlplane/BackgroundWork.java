package io.tributary.controlplane;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts what runs beside requests once the context is up, in order, and stops it in the other
 * order. A context that is only refreshed (to train the start-up cache) starts none of it.
 */
final class BackgroundWork implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

  private final List<Part> parts;
  private volatile boolean running;

  BackgroundWork(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Something that runs. */
  record Part(Runnable start, AutoCloseable stop) {}

  @Override
  public void start() {
    parts.forEach(part -> part.start().run());
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    for (Part part : parts.reversed()) {
      try {
        part.stop().close();
      } catch (Exception e) {
        LOG.warn("event=stop-failed", e);
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
