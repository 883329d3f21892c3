package io.tributary.fleet.e2e;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Requests of apps at a fixed rate, whether earlier ones were answered or not. In turn: a play is
 * asked for, its manifest fetched, the titles listed.
 */
final class OpenLoop implements AutoCloseable {
  /** So many unanswered ones that something is broken; a further one is a complaint of its own. */
  private static final int MOST_AT_ONCE = 500;

  private final Fleet fleet;
  private final String token;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Thread clock;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger sent = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private volatile String manifest;
  private volatile boolean isOver;

  /** Begins to send. */
  OpenLoop(Fleet fleet, int requestsPerSecond) {
    this.fleet = fleet;
    this.token = fleet.token("demo");
    this.manifest = manifestOf(fleet.play(Fleet.DEMO_TITLE));
    long apartNanos = Duration.ofSeconds(1).toNanos() / requestsPerSecond;
    this.clock = Thread.ofPlatform().name("open-loop").start(() -> sendEvery(apartNanos));
  }

  int sent() {
    return sent.get();
  }

  /** What was not answered as it should be. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Sends no more and waits for what is on its way. */
  void stop() {
    isOver = true;
    try {
      clock.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    senders.close();
  }

  @Override
  public void close() {
    stop();
  }

  /** One that comes late is sent at once, and those after it at their own times. */
  private void sendEvery(long apartNanos) {
    long next = System.nanoTime();
    while (!isOver) {
      send();
      next += apartNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void send() {
    int number = sent.getAndIncrement();
    if (!room.tryAcquire()) {
      complaints.add("request " + number + " found " + MOST_AT_ONCE + " before it unanswered");
      return;
    }
    senders.execute(() -> {
      try {
        ask(number);
      } catch (UncheckedIOException broken) {
        complaints.add("request " + number + ": " + broken);
      } finally {
        room.release();
      }
    });
  }

  private void ask(int number) {
    switch (number % 3) {
      case 0 -> {
        HttpResponse<String> answer = fleet.askToPlay(token, Fleet.DEMO_TITLE);
        if (isAnswered(number, answer, 201)) {
          manifest = manifestOf(Fleet.read(answer.body()));
        }
      }
      case 1 -> isAnswered(number, fleet.get(URI.create(manifest), null), 200);
      default ->
          isAnswered(number, fleet.get(fleet.gateway().resolve("/api/v1/titles"), token), 200);
    }
  }

  private boolean isAnswered(int number, HttpResponse<String> answer, int status) {
    if (answer.statusCode() != status) {
      complaints.add(
          "request "
              + number
              + ": "
              + answer.statusCode()
              + " "
              + answer.uri()
              + " "
              + answer.body());
    }
    return answer.statusCode() == status;
  }

  private static String manifestOf(JsonNode playback) {
    return playback.get("manifests").get("hls").asString();
  }
}
