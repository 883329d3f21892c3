package io.tributary.steering.ranking;

import io.tributary.steering.ranking.Assessment.Qualified;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which order the nodes that qualified are named. */
final class NamingOrder {
  private NamingOrder() {}

  /** Of nodes with one rank the package's hash decides. */
  private static int first(Qualified one, Qualified other) {
    int byRank = byRank(one, other);
    return byRank == 0 ? byScore(one, one.packageScore(), other, other.packageScore()) : byRank;
  }

  /** Of nodes with one rank the play's hash decides. */
  private static int next(Qualified one, Qualified other) {
    int byRank = byRank(one, other);
    return byRank == 0 ? byScore(one, one.playScore(), other, other.playScore()) : byRank;
  }

  /**
   * Where it decides nothing, the hash does. Of spent ones even the near is no better than the far.
   * An external one is here only while every own one is full, and it is not.
   */
  private static int byRank(Qualified one, Qualified other) {
    if (one.isSpent() || other.isSpent()) {
      int byLoad =
          one.isSpent() && other.isSpent()
              ? Double.compare(one.loadShareAfter(), other.loadShareAfter())
              : Boolean.compare(one.isSpent(), other.isSpent());
      if (byLoad != 0) {
        return byLoad;
      }
    }
    int byLevel = Integer.compare(one.level(), other.level());
    if (byLevel != 0) {
      return byLevel;
    }
    int byTier = Integer.compare(one.candidate().tier(), other.candidate().tier());
    return byTier != 0 ? byTier : Boolean.compare(one.isOverShare(), other.isOverShare());
  }

  private static int byScore(Qualified one, double score, Qualified other, double otherScore) {
    int byScore = Double.compare(otherScore, score);
    return byScore == 0 ? one.candidate().nodeId().compareTo(other.candidate().nodeId()) : byScore;
  }

  /** The best first; empty if none qualified. */
  static List<Candidate> of(List<Qualified> qualified, int maxNodes) {
    if (qualified.isEmpty()) {
      return List.of();
    }
    int first = 0;
    for (int i = 1; i < qualified.size(); i++) {
      if (first(qualified.get(i), qualified.get(first)) < 0) {
        first = i;
      }
    }
    List<Qualified> left = new ArrayList<>(qualified);
    List<Qualified> order = new ArrayList<>(Math.min(maxNodes, qualified.size()));
    order.add(left.remove(first));
    left.sort(NamingOrder::next);
    while (!left.isEmpty() && order.size() < maxNodes) {
      order.add(left.remove(next(left, order)));
    }
    atTwoSites(order, left);
    List<Candidate> named = new ArrayList<>(order.size());
    for (Qualified one : order) {
      named.add(one.candidate());
    }
    return named;
  }

  /**
   * Sites of one tier and level take turns: the best of another site than the one before, of the
   * site named least so far, goes before a better one. So the second choice survives the loss of
   * the first one's site.
   */
  private static int next(List<Qualified> left, List<Qualified> order) {
    Qualified head = left.getFirst();
    int best = 0;
    int bestTimes = timesNamed(head, order);
    for (int i = 1; i < left.size() && bestTimes > 0; i++) {
      Qualified other = left.get(i);
      if (other.level() != head.level()
          || other.isSpent() != head.isSpent()
          || other.candidate().tier() != head.candidate().tier()) {
        break;
      }
      int times = timesNamed(other, order);
      if (times < bestTimes) {
        best = i;
        bestTimes = times;
      }
    }
    return best;
  }

  /** Of its site; one that was named last counts as the most named. */
  private static int timesNamed(Qualified one, List<Qualified> order) {
    String siteId = one.candidate().siteId();
    int times = 0;
    for (Qualified named : order) {
      times += named.candidate().siteId().equals(siteId) ? 1 : 0;
    }
    return order.getLast().candidate().siteId().equals(siteId)
        ? times + NearnessRanker.MAX_NODES
        : times;
  }

  /** A near site's many nodes must not leave a play without any when the site is lost. */
  private static void atTwoSites(List<Qualified> order, List<Qualified> left) {
    String siteId = order.getFirst().candidate().siteId();
    if (order.size() < 2 || elsewhere(order, siteId) != null) {
      return;
    }
    Qualified other = elsewhere(left, siteId);
    if (other != null) {
      order.set(order.size() - 1, other);
    }
  }

  /** The first one of another site; null if there is none. */
  private static @Nullable Qualified elsewhere(List<Qualified> nodes, String siteId) {
    for (Qualified one : nodes) {
      if (!one.candidate().siteId().equals(siteId)) {
        return one;
      }
    }
    return null;
  }
}
