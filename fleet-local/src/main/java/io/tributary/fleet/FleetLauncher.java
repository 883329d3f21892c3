package io.tributary.fleet;

import io.tributary.fleet.command.Words;

/** The program behind {@code ./tributary}. */
public final class FleetLauncher {

  private FleetLauncher() {}

  /**
   * Runs one word.
   *
   * @param arguments the word and its options
   */
  public static void main(String[] arguments) {
    System.exit(Words.run(arguments));
  }
}
