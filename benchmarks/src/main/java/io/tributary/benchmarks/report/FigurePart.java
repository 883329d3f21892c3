package io.tributary.benchmarks.report;

import java.util.List;

/** A part of a page's figures, which can be measured by itself. */
public interface FigurePart {
  /** By which it is asked for; of {@code a-z 0-9 -}. */
  String word();

  /** Above its rows. */
  String heading();

  /** What it tells, whether it was measured or not. */
  List<Row> rows();
}
