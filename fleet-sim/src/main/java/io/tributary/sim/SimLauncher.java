package io.tributary.sim;

import io.tributary.sim.report.SimCommand;

/** The program behind {@code ./tributary sim}. */
public final class SimLauncher {
  private SimLauncher() {}

  /**
   * Runs simulations.
   *
   * @param arguments what to simulate
   */
  public static void main(String[] arguments) {
    System.exit(new SimCommand(System.out).run(arguments));
  }
}
