package io.tributary.fleet.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What the fleet under test runs on. {@code -Dtributary.fleet=processes} (which is the default) or
 * {@code containers} says which; the tests are the same.
 */
sealed interface FleetHost extends AutoCloseable permits ForkedHost, ComposedHost {

  /** The one that was asked for. */
  static FleetHost chosen() {
    String chosen = System.getProperty("tributary.fleet", "processes");
    return switch (chosen) {
      case "processes" -> new ForkedHost();
      case "containers" -> new ComposedHost();
      default ->
          throw new IllegalArgumentException(
              "tributary.fleet is " + chosen + " (expected: processes or containers)");
    };
  }

  /** Does what the script's word does, and says what it says. */
  Fleet.Said word(String word, List<String> arguments);

  /** Starts whatever does not run and waits until a title can play; two replicas of services. */
  void up();

  /** Ends what is left of an earlier run, with its data. */
  void forgetEverything();

  /**
   * Starts a node again, which then hears its site's routes until it is started another time.
   *
   * @param source {@code csv} or {@code bird}
   * @param path of the file or socket, within the node's {@link #data}
   */
  void startWithRoutes(String node, String source, String path);

  /** Where a process keeps its state. */
  Path data(String process);

  /** Files that any process of the fleet keeps; what a restart must leave as it is. */
  List<Path> everyData();

  /** A secret of the fleet's, by its place among those that {@code keys make} makes. */
  Path secret(String place);

  /** Where a process answers for probes and Prometheus. */
  URI management(String process);

  /** Where nodes meet the control plane, under a name that its certificate has. */
  URI nodeDoor();

  /** Where players ask steering while they play. */
  URI steeringFace();

  @Override
  void close();
}
