package io.tributary.steering.ranking;

import io.tributary.steering.ranking.Assessment.Excluded;
import io.tributary.steering.ranking.Assessment.Qualified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order a running play's nodes are named: as its manifest has them, without those that
 * lost their right. Load moves no running play: it would move all of a node's plays at once, and
 * back when their load has left it.
 */
final class RunningOrder {
  /** With fewer, some players give up their own failover. */
  private static final int LEAST_NAMED = 2;

  private RunningOrder() {}

  /** Empty if none of them may be named. */
  static List<Candidate> of(Play play, Instant at, Collection<Assessment> assessments) {
    Map<String, Assessment> byId = HashMap.newHashMap(assessments.size());
    assessments.forEach(one -> byId.put(one.candidate().nodeId(), one));
    List<Candidate> order = new ArrayList<>(play.manifestNodes().size());
    for (String nodeId : play.manifestNodes()) {
      if (byId.get(nodeId) instanceof Qualified qualified) {
        order.add(qualified.candidate());
      }
    }
    lastResorts(order, Exclusion.DRAINING, play, at, byId);
    lastResorts(order, Exclusion.UNHEALTHY, play, at, byId);
    return order;
  }

  /**
   * What a play has is better than nothing: a draining node still answers it, a silent one may. Not
   * so one without the package, without a proven address or without a certificate.
   */
  private static void lastResorts(
      List<Candidate> order,
      Exclusion exclusion,
      Play play,
      Instant at,
      Map<String, Assessment> byId) {
    for (String nodeId : play.manifestNodes()) {
      if (order.size() < LEAST_NAMED
          && byId.get(nodeId) instanceof Excluded(Candidate candidate, Exclusion found)
          && found == exclusion
          && Exclusion.beyondVerdict(at, candidate) == null) {
        order.add(candidate);
      }
    }
  }
}
