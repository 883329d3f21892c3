package io.tributary.gateway.doors;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

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
    check(address != null && !address.isBlank(), "address", "empty", "a name or IP address");
    checkRange("port", port, 0, 65_535);
  }
}
