package io.tributary.fleet.probe;

/** How to tell that a process can do its work. */
public sealed interface Probe {

  /** Its management port says that it is ready. */
  record Readiness(int managementPort) implements Probe {}

  /** It accepts connections: a backend opens its port when it is ready. */
  record Accepts(int port) implements Probe {}
}
