package io.tributary.ctl;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Where answers, progress and errors go. For one thread. */
final class Console {
  private final JsonMapper json = JsonMapper.builder().build();
  private final BooleanSupplier wantsJson;
  private final PrintWriter out;
  private final PrintWriter err;

  Console(BooleanSupplier wantsJson, PrintWriter out, PrintWriter err) {
    this.wantsJson = wantsJson;
    this.out = out;
    this.err = err;
  }

  /** The answer: one JSON object, or the table. Call it once a command. */
  void answer(Object object, Table table) {
    if (wantsJson.getAsBoolean()) {
      out.println(json.writeValueAsString(object));
    } else {
      table.lines().forEach(out::println);
    }
    out.flush();
  }

  /** A list as {@code {name: items}}, or the table. */
  void answer(String name, List<?> items, Table table) {
    answer(Map.of(name, items), table);
  }

  /** Tells a person how far it is; nothing with {@code --json}. */
  void progress(String line) {
    if (!wantsJson.getAsBoolean()) {
      err.println(line);
      err.flush();
    }
  }

  /** What went wrong and what to do now. */
  void error(String what, String nextStep) {
    err.println("tributaryctl: " + what);
    err.println(nextStep);
    err.flush();
  }

  /**
   * Columns that line up.
   *
   * @param headers in capitals
   * @param rows each as long as {@code headers}
   */
  record Table(List<String> headers, List<List<String>> rows) {
    Table {
      headers = List.copyOf(headers);
      rows = List.copyOf(rows);
    }

    /** A table of one thing's properties. */
    static Table of(List<List<String>> rows) {
      return new Table(List.of(), rows);
    }

    /** A cell; a dash for what is not there. */
    static String cell(@Nullable Object value) {
      return value == null || value.toString().isEmpty() ? "-" : value.toString();
    }

    List<String> lines() {
      List<List<String>> all = new ArrayList<>();
      if (!headers.isEmpty()) {
        all.add(headers);
      }
      all.addAll(rows);
      List<Integer> widths = new ArrayList<>();
      for (List<String> row : all) {
        for (int column = 0; column < row.size(); column++) {
          if (column == widths.size()) {
            widths.add(0);
          }
          widths.set(column, Math.max(widths.get(column), row.get(column).length()));
        }
      }
      return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).repeat(" ", widths.get(column) - cell.length() + 2);
      }
      return line.toString().stripTrailing();
    }
  }
}
