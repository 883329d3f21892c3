package io.tributary.sim.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a command of {@code ./tributary} that is a process of its own: what to do, and
 * options in any order; of an option that is given twice the last counts. What they complain of is
 * an {@link IllegalArgumentException} in words for who typed it. Immutable.
 */
public final class CommandWords {
  private static final String HELP = "--help";

  private final String word;
  private final Map<String, String> options;

  private CommandWords(String word, Map<String, String> options) {
    this.word = word;
    this.options = Map.copyOf(options);
  }

  /**
   * Reads them.
   *
   * @param alone the options that stand alone, beside {@code --help}
   * @param valued the options whose value is the next word
   * @throws IllegalArgumentException if one is not known or has no value
   */
  public static CommandWords of(Set<String> alone, Set<String> valued, String... arguments) {
    String word = "";
    Map<String, String> options = new HashMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      if (valued.contains(argument)) {
        if (left.isEmpty()) {
          throw new IllegalArgumentException(argument + " has no value");
        }
        options.put(argument, left.removeFirst());
      } else if (alone.contains(argument) || argument.equals(HELP)) {
        options.put(argument, "");
      } else if (argument.equals("-h")) {
        options.put(HELP, "");
      } else if (argument.startsWith("-") || !word.isEmpty()) {
        throw new IllegalArgumentException(argument + " is not known");
      } else {
        word = argument;
      }
    }
    return new CommandWords(word, options);
  }

  /** What to do; empty if nothing was said. */
  public String word() {
    return word;
  }

  /** Whether {@code --help} is among them, or {@code -h}. */
  public boolean askForHelp() {
    return has(HELP);
  }

  /** Whether this option is among them. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** An option's value; empty if it is not among them. */
  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /**
   * An option's value as a number; empty if it is not among them.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Optional<Long> number(String option) {
    return value(option).map(value -> number(option, value));
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is " + value + " (expected: a number)", e);
    }
  }
}
