package io.tributary.sim.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table that is as readable in a terminal. For one thread. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** With nothing but its headings. */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row, of as many cells. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** A line a row, the first column to the left, figures to the right. */
  public List<String> lines() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(IntStream.range(0, columns).mapToObj(i -> padded(row.get(i), widths[i], i))));
      if (lines.size() == 1) {
        lines.add(
            line(
                IntStream.range(0, columns)
                    .mapToObj(i -> "-".repeat(Math.max(3, widths[i]) - 1) + (i == 0 ? "-" : ":"))));
      }
    }
    return lines;
  }

  private static String line(java.util.stream.Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String padded(String cell, int width, int column) {
    String spaces = " ".repeat(Math.max(0, Math.max(3, width) - cell.length()));
    return column == 0 ? cell + spaces : spaces + cell;
  }
}
