package io.tributary.controlplane.doors;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

/**
 * Where nodes come in.
 *
 * @param address where the node door listens: a name or IP address of this machine
 * @param port where the node door listens; 0 for any free one
 * @param maxConnections how many connections to the node door may be open at once, of which a node
 *     keeps one for its heartbeats; each takes heap for its TLS, so more of them want more memory
 */
public record NodeDoorConfig(String address, int port, int maxConnections) {
  /**
   * On this machine alone. So many connections because the heap of a small container, of which the
   * fleet's state takes the most, has no room for tens of thousands.
   */
  public static final NodeDoorConfig DEFAULTS = new NodeDoorConfig("127.0.0.1", 8443, 2_000);

  public NodeDoorConfig {
    check(!address.isBlank(), "address", "empty", "a name or IP address");
    checkRange("port", port, 0, 65_535);
    checkRange("max-connections", maxConnections, 1, 100_000);
  }
}
