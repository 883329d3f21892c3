package io.tributary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rounds of a part, kept in a file beside the page: lines of {@code key,value} in the order
 * they were measured in, after lines with {@code #} that tell where and how. For one process at a
 * time.
 */
public final class RawRounds {
  private static final String NOTE = "# ";

  private final Path file;

  /** In that file, which need not be there. */
  public RawRounds(Path file) {
    this.file = file;
  }

  /** Forgets what is there. */
  public void clear() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.deleteIfExists(file);
  }

  /** Adds a line for people. */
  public void note(String words) throws IOException {
    add(NOTE + words);
  }

  /** Adds a round. */
  public void add(String key, double value) throws IOException {
    add(key + "," + value);
  }

  private void add(String line) throws IOException {
    Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The lines for people; empty if nothing was measured. */
  public List<String> notes() throws IOException {
    return lines().stream()
        .filter(line -> line.startsWith(NOTE))
        .map(line -> line.substring(NOTE.length()))
        .toList();
  }

  /** Rounds by key. */
  public Map<String, List<Double>> rounds() throws IOException {
    Map<String, List<Double>> rounds = new LinkedHashMap<>();
    for (String line : lines()) {
      int comma = line.lastIndexOf(',');
      if (!line.startsWith(NOTE) && comma > 0) {
        rounds
            .computeIfAbsent(line.substring(0, comma), _ -> new ArrayList<>())
            .add(Double.parseDouble(line.substring(comma + 1)));
      }
    }
    return rounds;
  }

  private List<String> lines() throws IOException {
    return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
  }
}
