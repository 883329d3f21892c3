package io.tributary.playback.plays;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.playback.lastknown.LastKnownFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last ranking of each package, for when every steering replica is away: in memory, and on disk
 * not more often than every {@link #WRITE_EVERY}.
 *
 * <p>It is forgotten after a play's life: a play that began while steering still answered names
 * these nodes as long, so up to there a new one adds no risk; beyond it, nodes would be named that
 * are long dead or were revoked.
 *
 * <p>Safe for use by many threads.
 */
public final class LastRankings {
  static final Duration WRITE_EVERY = Duration.ofSeconds(10);

  /** Packages being played; each some KiB. */
  private static final int MAX_IN_MEMORY = 10_000;

  private final LastKnownFiles files;
  private final JsonMapper json;
  private final Cache<PackageRef, Ranking> last;
  private final Cache<PackageRef, Boolean> written;

  /**
   * Remembers rankings.
   *
   * @param files that forget after {@code maxAge} too
   * @param maxAge since steering last gave a package's ranking
   */
  public LastRankings(LastKnownFiles files, Duration maxAge, JsonMapper json, Ticker ticker) {
    this.files = files;
    this.json = json;
    this.last =
        Caffeine.newBuilder()
            .maximumSize(MAX_IN_MEMORY)
            .expireAfterWrite(maxAge)
            .ticker(ticker)
            .build();
    this.written =
        Caffeine.newBuilder()
            .maximumSize(MAX_IN_MEMORY)
            .expireAfterWrite(WRITE_EVERY)
            .ticker(ticker)
            .build();
  }

  /**
   * A package's nodes are now these. An external one among them is not kept: who counts what is
   * sent there would be away.
   */
  public void saw(PackageRef ref, Ranking ranking) {
    Ranking own =
        new Ranking(
            ranking.decisionId(),
            ranking.snapshotVersion(),
            ranking.snapshotAgeMillis(),
            ranking.nodes().stream().filter(node -> node.kind() != NodeKind.EXTERNAL).toList(),
            ranking.outcome());
    if (own.nodes().isEmpty()) {
      return;
    }
    last.put(ref, own);
    if (written.asMap().putIfAbsent(ref, true) == null) {
      files.put(ref.path(), json.writeValueAsBytes(own));
    }
  }

  /**
   * The last ranking known of a package, its nodes turned by the play's id: all plays are told the
   * same old list, and must not all go to its first node.
   */
  public Optional<Ranking> find(PackageRef ref, String playbackId) {
    Ranking known = last.getIfPresent(ref);
    Optional<Ranking> found = known == null ? read(ref) : Optional.of(known);
    return found.map(ranking -> {
      List<Ranking.Node> nodes = new ArrayList<>(ranking.nodes());
      Collections.rotate(nodes, Math.floorMod(playbackId.hashCode(), nodes.size()));
      return new Ranking(
          ranking.decisionId(),
          ranking.snapshotVersion(),
          ranking.snapshotAgeMillis(),
          nodes,
          ranking.outcome());
    });
  }

  private Optional<Ranking> read(PackageRef ref) {
    try {
      return files
          .get(ref.path())
          .map(bytes -> json.readValue(bytes, Ranking.class))
          .filter(ranking -> !ranking.nodes().isEmpty());
    } catch (JacksonException unreadable) {
      files.remove(ref.path());
      return Optional.empty();
    }
  }
}
