package io.tributary.benchmarks.report;

import io.tributary.sim.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds rounds against rows. Pure. */
public final class Verdicts {
  private static final String NOT_MEASURED = "not measured";
  private static final String NO = "**no**";

  private final Map<String, List<Double>> rounds;

  /** Of rounds by key. */
  public Verdicts(Map<String, List<Double>> rounds) {
    this.rounds = Map.copyOf(rounds);
  }

  /** The table, a line a row. A row without rounds is a failed row. */
  public List<String> lines(List<Row> rows) {
    TextTable table = new TextTable("what", "bar", "median", "95 % interval", "rounds", "met");
    for (Row row : rows) {
      List<Double> measured = rounds.getOrDefault(row.key(), List.of());
      if (measured.isEmpty()) {
        table.add(row.words(), bar(row), NOT_MEASURED, "", "0", NO);
      } else {
        Spread spread = Spread.of(measured);
        table.add(
            row.words(),
            bar(row),
            number(row, spread.median()) + unit(row),
            number(row, spread.low()) + " to " + number(row, spread.high()),
            String.valueOf(measured.size()),
            met(row));
      }
    }
    return table.lines();
  }

  /** What a row's last column says: {@code yes}, {@code no}, or nothing where nothing is asked. */
  String met(Row row) {
    List<Double> measured = rounds.getOrDefault(row.key(), List.of());
    if (measured.isEmpty()) {
      return NO;
    }
    Spread spread = Spread.of(measured);
    return switch (row.bar()) {
      case Bar.None() -> "";
      case Bar.AtLeast(double least) -> word(spread.low() >= least);
      case Bar.AtMost(double most) -> word(spread.high() <= most);
      case Bar.AtLeastLessMargin(double least, String marginKey) ->
          word(spread.low() >= least - margin(marginKey));
      case Bar.Never() -> word(measured.stream().allMatch(value -> value == 0));
    };
  }

  /** How far from itself a peer was found. If nobody looked, nothing is met. */
  private double margin(String key) {
    List<Double> ratios = rounds.getOrDefault(key, List.of());
    if (ratios.isEmpty()) {
      return Double.NEGATIVE_INFINITY;
    }
    Spread spread = Spread.of(ratios);
    return Math.max(Math.abs(spread.low() - 1), Math.abs(spread.high() - 1));
  }

  private static String word(boolean isMet) {
    return isMet ? "yes" : NO;
  }

  private static String bar(Row row) {
    return switch (row.bar()) {
      case Bar.None() -> "";
      case Bar.AtLeast(double least) -> "≥ " + number(row, least);
      case Bar.AtMost(double most) -> "≤ " + number(row, most);
      case Bar.AtLeastLessMargin(double least, String _) -> "≥ " + number(row, least);
      case Bar.Never() -> "0";
    };
  }

  private static String unit(Row row) {
    return row.unit().isEmpty() ? "" : " " + row.unit();
  }

  private static String number(Row row, double value) {
    return String.format(Locale.ROOT, "%,." + row.digits() + "f", value);
  }
}
