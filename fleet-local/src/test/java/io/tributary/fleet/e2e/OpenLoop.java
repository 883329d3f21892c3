package io.tributary.fleet.e2e;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Requests of apps at a rate that grows to its full height and stays there, whether earlier ones
 * were answered or not. In turn: a play is asked for, its manifest fetched, the titles listed.
 */
final class OpenLoop implements AutoCloseable {
  /** So many unanswered ones that something is broken; a further one is a complaint of its own. */
  private static final int MOST_AT_ONCE = 500;

  /** Processes that have answered next to nothing would be met by all of it at once otherwise. */
  private static final Duration RISE = Duration.ofSeconds(30);

  private static final String JSON = "Content-Type: application/json";

  private final Fleet fleet;
  private final String bearer;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Thread clock;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger sent = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private final CountDownLatch risen = new CountDownLatch(1);
  private volatile String manifest;
  private volatile boolean isOver;

  /** Begins to send. */
  OpenLoop(Fleet fleet, int requestsPerSecond) {
    this.fleet = fleet;
    this.bearer = "Authorization: Bearer " + fleet.token("demo");
    this.manifest = manifestOf(fleet.play(Fleet.DEMO_TITLE));
    long apartNanos = Duration.ofSeconds(1).toNanos() / requestsPerSecond;
    this.clock = Thread.ofPlatform().name("open-loop").start(() -> sendEvery(apartNanos));
  }

  /** Returns when the rate has its full height. */
  void awaitFullRate() throws InterruptedException {
    risen.await();
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
    long began = System.nanoTime();
    long next = began;
    while (!isOver) {
      send();
      double height = (double) (next - began) / RISE.toNanos();
      if (height >= 1) {
        risen.countDown();
      }
      next += (long) (apartNanos / Math.clamp(height, 0.1, 1));
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void send() {
    int number = sent.getAndIncrement();
    if (!room.tryAcquire()) {
      complain(number, "found " + MOST_AT_ONCE + " before it unanswered");
      return;
    }
    senders.execute(() -> {
      try {
        ask(number);
      } catch (IOException | RuntimeException failed) {
        complain(number, failed.toString());
      } finally {
        room.release();
      }
    });
  }

  private void ask(int number) throws IOException {
    URI api = fleet.gateway().resolve("/api/v1/");
    switch (number % 3) {
      case 0 -> {
        String body = "{\"titleId\":\"" + Fleet.DEMO_TITLE + "\",\"include\":[\"ranking\"]}";
        Optional<String> answer =
            answer(number, "POST", api.resolve("playbacks"), List.of(bearer, JSON), body, 201);
        answer.ifPresent(playback -> manifest = manifestOf(Fleet.read(playback)));
      }
      case 1 -> answer(number, "GET", URI.create(manifest), List.of(), "", 200);
      default -> answer(number, "GET", api.resolve("titles"), List.of(bearer), "", 200);
    }
  }

  private Optional<String> answer(
      int number, String method, URI uri, List<String> headers, String body, int expected)
      throws IOException {
    OneRequest.Answer answer = OneRequest.send(method, uri, headers, body);
    if (answer.status() != expected) {
      complain(number, answer.status() + " " + uri + " " + answer.body());
      return Optional.empty();
    }
    return Optional.of(answer.body());
  }

  private void complain(int number, String what) {
    complaints.add(Instant.now() + " request " + number + ": " + what);
  }

  private static String manifestOf(JsonNode playback) {
    return playback.get("manifests").get("hls").asString();
  }
}
