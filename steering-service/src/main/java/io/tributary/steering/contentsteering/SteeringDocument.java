package io.tributary.steering.contentsteering;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tributary.contracts.steering.Ranking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of Content Steering: the same for HLS (draft-pantos-content-steering) and DASH (ETSI
 * TS 103 998).
 *
 * @param version always 1
 * @param ttlSeconds when to ask again
 * @param pathwayPriority pathways, best first
 */
public record SteeringDocument(
    @JsonProperty("VERSION") int version,
    @JsonProperty("TTL") long ttlSeconds,
    @JsonProperty("PATHWAY-PRIORITY") List<String> pathwayPriority) {
  /** Plays that began together must not ask together: a play's time is within this much of it. */
  static final double JITTER = 0.25;

  public SteeringDocument {
    pathwayPriority = List.copyOf(pathwayPriority);
  }

  /**
   * Says a decision to a play.
   *
   * @param ranking of nodes of the play
   * @param isCalm whether all of them are well
   */
  public static SteeringDocument of(
      PlayState play, Ranking ranking, boolean isCalm, FaceConfig config) {
    List<String> pathways = new ArrayList<>();
    for (Ranking.Node node : ranking.nodes()) {
      String pathway = play.pathwaysByNode().get(node.nodeId());
      if (pathway != null) {
        pathways.add(pathway);
      }
    }
    Duration ttl = isCalm ? config.calmTtl() : config.ttl();
    return new SteeringDocument(1, seconds(play, ttl), pathways);
  }

  /** The same for all of a play's questions. */
  private static long seconds(PlayState play, Duration ttl) {
    int spread = (play.playbackId().hashCode() * 0x9E3779B9) >>> 8;
    double share = 1 - JITTER + 2 * JITTER * spread / (1 << 24);
    return Math.max(1, Math.round(ttl.toMillis() * share / 1e3));
  }
}
