package io.tributary.steering.explain;

import io.tributary.steering.ranking.Assessment.Qualified;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What one node's place followed from, by name, always in the same order. Without hashing: a record
 * has one of a node, and nobody looks a term up before it is written. Immutable; safe for use by
 * many threads.
 */
final class ScoreTerms extends AbstractMap<String, Double> {
  private static final List<String> NAMES =
      List.of(
          "load",
          "share",
          "loadShareAfter",
          "level",
          "full",
          "overShare",
          "weight",
          "packageScore",
          "playScore");

  private final double[] values;

  ScoreTerms(Qualified of) {
    this.values =
        new double[] {
          of.loadBitsPerSecond(),
          of.shareBitsPerSecond(),
          of.loadShareAfter(),
          of.level(),
          of.isFull() ? 1 : 0,
          of.isOverShare() ? 1 : 0,
          of.weight(),
          of.packageScore(),
          of.playScore()
        };
  }

  @Override
  public Set<Map.Entry<String, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Double>> iterator() {
        return IntStream.range(0, values.length)
            .mapToObj(term -> Map.entry(NAMES.get(term), values[term]))
            .iterator();
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }
}
