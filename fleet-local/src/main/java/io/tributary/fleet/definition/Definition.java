package io.tributary.fleet.definition;

import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.probe.Probe;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of a fleet, before it becomes a command line.
 *
 * @param member who it is
 * @param port that clients know; of the fault proxy, its control port
 * @param realPorts that it will listen on itself
 * @param jdk it runs on
 * @param jvm the machine's options
 * @param mainClass its main class
 * @param arguments of the main class
 * @param probe how to tell that it is ready
 */
public record Definition(
    Member member,
    int port,
    List<Integer> realPorts,
    Path jdk,
    List<String> jvm,
    String mainClass,
    List<String> arguments,
    Probe probe) {
  public Definition {
    realPorts = List.copyOf(realPorts);
    jvm = List.copyOf(jvm);
    arguments = List.copyOf(arguments);
  }

  /** As {@code status} names it. */
  public String name() {
    return member.name();
  }
}
