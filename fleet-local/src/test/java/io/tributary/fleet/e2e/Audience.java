package io.tributary.fleet.e2e;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Viewers who press Play again and again, several at once, so that at any instant some of their
 * requests are on their way. Each complains of what is not as it always is.
 */
final class Audience implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int VIEWERS = 4;

  private final Fleet fleet;
  private final String token;
  private final ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS);
  private final AtomicInteger plays = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private volatile boolean isOver;

  /** Begins to play. */
  Audience(Fleet fleet, String token) {
    this.fleet = fleet;
    this.token = token;
    for (int i = 0; i < VIEWERS; i++) {
      viewers.execute(this::watch);
    }
  }

  /** How many plays were asked for, whatever came of them. */
  int plays() {
    return plays.get();
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Nobody watches any more when this returns. */
  void leave() {
    isOver = true;
    viewers.close();
  }

  @Override
  public void close() {
    leave();
  }

  private void watch() {
    while (!isOver) {
      try {
        play();
      } catch (UncheckedIOException broken) {
        complaints.add(broken.toString());
      }
      plays.incrementAndGet();
      // Else the viewers take the cores from the play that is watched for freezes.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void play() {
    HttpResponse<String> answer = fleet.askToPlay(token, Fleet.DEMO_TITLE);
    if (answer.statusCode() != 201) {
      complaints.add(answer.statusCode() + " " + answer.body());
      return;
    }
    JsonNode playback = Fleet.read(answer.body());
    if (Fleet.rankedNodes(playback).size() < 2 || playback.get("stale").asBoolean()) {
      complaints.add(answer.body());
    }
    for (JsonNode manifest : playback.get("manifests")) {
      HttpResponse<String> rendered = fleet.get(URI.create(manifest.asString()), null);
      if (rendered.statusCode() != 200) {
        complaints.add(rendered.statusCode() + " " + rendered.body());
      }
    }
  }
}
