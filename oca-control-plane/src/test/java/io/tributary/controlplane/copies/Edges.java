package io.tributary.controlplane.copies;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Edges of a large graph: lists in two arrays, a number each. */
final class Edges {
  private int[] firsts = new int[1 << 10];
  private int[] ends = new int[1 << 12];
  private int[] nexts = new int[1 << 12];
  private int count = 1;

  /** Adds one. */
  void add(int from, int to) {
    if (from >= firsts.length) {
      firsts = Arrays.copyOf(firsts, Math.max(from + 1, firsts.length * 2));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      nexts = Arrays.copyOf(nexts, count * 2);
    }
    ends[count] = to;
    nexts[count] = firsts[from];
    firsts[from] = count++;
  }

  /** Calls with the end of every edge from there. */
  void from(int from, IntConsumer each) {
    for (int edge = from < firsts.length ? firsts[from] : 0; edge != 0; edge = nexts[edge]) {
      each.accept(ends[edge]);
    }
  }
}
