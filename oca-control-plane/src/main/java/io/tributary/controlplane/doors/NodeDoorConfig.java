package io.tributary.controlplane.doors;

/**
 * Where nodes come in.
 *
 * @param address where the node door listens: a name or IP address of this machine
 * @param port where the node door listens; 0 for any free one
 */
public record NodeDoorConfig(String address, int port) {
  /** On this machine alone. */
  public static final NodeDoorConfig DEFAULTS = new NodeDoorConfig("127.0.0.1", 8443);

  public NodeDoorConfig {
    if (address.isBlank()) {
      throw new IllegalArgumentException("address is empty (expected: a name or IP address)");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + " (expected: 0 to 65535)");
    }
  }
}
