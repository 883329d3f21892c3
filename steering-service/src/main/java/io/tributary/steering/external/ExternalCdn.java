package io.tributary.steering.external;

import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.ranking.Candidate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The external CDN, if there is one, and which plays this replica has sent there.
 *
 * <p>It sends no heartbeats, so its load is reckoned: a play counts with its bits a second from
 * when it was sent there last for {@code play-length}, or until it asks again and is sent to an own
 * node. Where {@code play-length} is the mean time that viewers stay, the sum is right on the
 * average (Little's law). It is too high while they leave early, and too low after a restart, which
 * forgets it. Running plays that went there because the own nodes of their manifest lost their
 * right are not in it: what a manifest names cannot be taken back.
 *
 * <p>Safe for use by many threads. Plays that are decided in the same instant may all see the last
 * free part of the cap.
 */
public final class ExternalCdn {
  /** Some 150 bytes each. With so many it counts as full: one that is not counted is not capped. */
  private static final int MOST_PLAYS = 200_000;

  private final ExternalCdnConfig config;

  /** Who was sent there first is first. */
  private final SequencedMap<String, Sent> plays = new LinkedHashMap<>();

  private long sentBitsPerSecond;
  private long playsBegun;
  private long playsMoved;

  private record Sent(long bitsPerSecond, Instant until) {}

  /** Nothing was sent there yet. */
  public ExternalCdn(ExternalCdnConfig config) {
    this.config = config;
  }

  /** Its name; empty if there is none. */
  public Optional<String> nodeId() {
    return isThere() ? Optional.of(config.nodeId()) : Optional.empty();
  }

  /** Whether there is one of this name. */
  public boolean isNamed(String nodeId) {
    return isThere() && config.nodeId().equals(nodeId);
  }

  /**
   * As a play sees it: beside all others.
   *
   * @param holds whether an own node holds the package, so that there is one to fetch
   */
  public synchronized Candidate candidate(String playbackId, boolean holds, Instant at) {
    long sent = bitsPerSecond(at);
    Sent own = plays.get(playbackId);
    if (own != null) {
      sent -= own.bitsPerSecond();
    } else if (plays.size() >= MOST_PLAYS) {
      sent = Math.max(sent, config.maxBitsPerSecond());
    }
    return Candidate.external(config.nodeId(), holds, config.maxBitsPerSecond(), sent);
  }

  /** As an answer names it; it is its own site. */
  public Ranking.Node node() {
    return new Ranking.Node(config.nodeId(), config.nodeId(), config.baseUrl(), NodeKind.EXTERNAL);
  }

  /** A play begins there, or is sent there again. */
  public synchronized void sent(String playbackId, long bitsPerSecond, Instant at) {
    if (!forget(playbackId)) {
      playsBegun++;
    }
    plays.putLast(playbackId, new Sent(bitsPerSecond, at.plus(config.playLength())));
    sentBitsPerSecond += bitsPerSecond;
  }

  /** A play was sent to an own node, wherever it was before. */
  public void left(String playbackId) {
    if (isThere()) {
      synchronized (this) {
        forget(playbackId);
      }
    }
  }

  /** A running play whose manifest begins with an own node was told to go there. */
  public synchronized void moved() {
    playsMoved++;
  }

  /** What the plays that count against the cap take. */
  public synchronized long bitsPerSecond(Instant at) {
    while (!plays.isEmpty() && !at.isBefore(plays.firstEntry().getValue().until())) {
      forget(plays.firstEntry().getKey());
    }
    return sentBitsPerSecond;
  }

  /** Plays that began there, since the start. */
  public synchronized long playsBegun() {
    return playsBegun;
  }

  /** How often {@link #moved()} was, since the start: once a question of such a play. */
  public synchronized long playsMoved() {
    return playsMoved;
  }

  private boolean isThere() {
    return !config.baseUrl().isEmpty();
  }

  private boolean forget(String playbackId) {
    Sent before = plays.remove(playbackId);
    if (before == null) {
      return false;
    }
    sentBitsPerSecond -= before.bitsPerSecond();
    return true;
  }
}
