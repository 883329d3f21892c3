package io.tributary.gateway.doors;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Leaves the doors open for a while after this gateway has said, by its readiness, that it stops: a
 * balancer has then sent its last request here before the first one would be refused.
 */
public final class StopAnnouncement implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(StopAnnouncement.class);

  private final Duration announcement;
  private volatile boolean running;

  /**
   * Made once a gateway.
   *
   * @param announcement how long; zero where whatever stands in front is told by other means
   */
  public StopAnnouncement(Duration announcement) {
    this.announcement = announcement;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    LOG.info("state=stopping doors-close-in-millis={}", announcement.toMillis());
    try {
      Thread.sleep(announcement);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the doors. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
