package io.tributary.fleet.e2e;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Viewers who watch title after title, and complain of whatever they see of the fleet's inside. */
final class Plays implements AutoCloseable {
  private final Fleet fleet;
  private final String token;
  private final ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger played = new AtomicInteger();
  private volatile boolean isOver;

  /** Begins to watch. */
  Plays(Fleet fleet, int atOnce) {
    this.fleet = fleet;
    this.token = fleet.token("demo");
    for (int i = 0; i < atOnce; i++) {
      viewers.execute(this::watch);
    }
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How many plays came to their end. */
  int played() {
    return played.get();
  }

  /** Returns when everybody has seen the title that was running to its end. */
  void stop() {
    isOver = true;
    viewers.close();
  }

  @Override
  public void close() {
    stop();
  }

  private void watch() {
    TributaryClient client =
        TributaryClient.builder(fleet.gateway()).bearerToken(() -> token).build();
    while (!isOver) {
      try (Play play =
          client.open(Fleet.DEMO_TITLE, PlayOptions.defaults().atMost(Duration.ofSeconds(30)))) {
        play.addListener(event -> {
          if (event instanceof PlayEvent.RebufferStarted) {
            complain(event);
          }
        });
        play.start();
        PlayReport report = play.awaitEnd();
        played.incrementAndGet();
        if (report.error() != null) {
          complain(report);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException failed) {
        complain(failed);
      }
    }
  }

  private void complain(Object what) {
    complaints.add(Instant.now() + " " + what);
  }
}
