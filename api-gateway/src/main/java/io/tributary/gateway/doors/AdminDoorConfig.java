package io.tributary.gateway.doors;

/**
 * Where the operators' door listens.
 *
 * @param address where the operators' door listens: a name or IP address of this machine
 * @param port where the operators' door listens; 0 for any free one
 */
public record AdminDoorConfig(String address, int port) {
  /** What holds where no setting says otherwise: this machine alone. */
  public static final AdminDoorConfig DEFAULTS = new AdminDoorConfig("127.0.0.1", 8081);

  public AdminDoorConfig {
    if (address == null || address.isBlank()) {
      throw new IllegalArgumentException("address is empty (expected: a name or IP address)");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + " (expected: 0 to 65535)");
    }
  }
}
