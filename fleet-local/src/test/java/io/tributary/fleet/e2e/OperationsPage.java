package io.tributary.fleet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code docs/operations.md} as an operator follows it: commands in their order, each fenced block
 * with a mark that says where it runs. {@code sh compose}: against the composed fleet; {@code sh
 * checkout}: without a fleet, in a folder of its own; {@code sh not-run:WHY}: nowhere, and the text
 * before it says so.
 */
final class OperationsPage {
  static final String COMPOSE = "sh compose";
  static final String CHECKOUT = "sh checkout";
  private static final String NOT_RUN = "sh not-run:";

  private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (.+)$");
  private static final Pattern ALERT = Pattern.compile("(?m)^### (Tributary[A-Za-z]+)$");
  private static final String FENCE = "```";

  private final String text;
  private final List<Block> blocks;

  private OperationsPage(String text) {
    this.text = text;
    this.blocks = List.copyOf(parse(text));
  }

  /** The checkout's. */
  static OperationsPage read() {
    try {
      return new OperationsPage(
          Files.readString(Fleet.repositoryRoot().resolve("docs/operations.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A fenced block.
   *
   * @param chapter the heading of the second level above it
   * @param line of its first fence
   * @param mark its info string
   * @param before the line of text above it
   * @param commands what is in it
   */
  record Block(String chapter, int line, String mark, String before, String commands) {
    boolean runs() {
      return mark.equals(COMPOSE) || mark.equals(CHECKOUT);
    }

    boolean isNotRun() {
      return mark.startsWith(NOT_RUN);
    }

    /** Why it is not run, as words. */
    String reason() {
      return mark.substring(NOT_RUN.length()).replace('-', ' ');
    }

    @Override
    public String toString() {
      return "docs/operations.md:" + line + " (" + chapter + ")";
    }
  }

  String text() {
    return text;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** Those with this mark, in their order. */
  Stream<Block> blocks(String mark) {
    return blocks.stream().filter(block -> block.mark().equals(mark));
  }

  /** The alerts that have a heading. */
  Set<String> alerts() {
    Set<String> alerts = new TreeSet<>();
    Matcher heading = ALERT.matcher(text);
    while (heading.find()) {
      alerts.add(heading.group(1));
    }
    return alerts;
  }

  /** What links within the page may lead to. */
  Set<String> anchors() {
    Set<String> anchors = new TreeSet<>();
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9 -]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }

  private static List<Block> parse(String text) {
    List<Block> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String chapter = "";
    String before = "";
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (line.startsWith("## ")) {
        chapter = line.substring(3);
      }
      if (!line.startsWith(FENCE)) {
        before = line.isBlank() ? before : line;
        continue;
      }
      int first = at + 1;
      StringBuilder commands = new StringBuilder();
      while (!lines.get(++at).equals(FENCE)) {
        commands.append(lines.get(at)).append('\n');
      }
      found.add(
          new Block(
              chapter, first, line.substring(FENCE.length()).strip(), before, commands.toString()));
      before = "";
    }
    return found;
  }
}
