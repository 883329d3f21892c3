package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDoorTest {
  @Test
  void takesAsManyConnectionsAsItIsTold(@TempDir Path folder) throws Exception {
    AuthorityKeys keys = AuthorityKeys.open(TestAuthority.in(folder).config());

    NodeDoor door = new NodeDoor(new NodeDoorConfig("127.0.0.1", 0, 7), keys);

    assertEquals(7, door.maxConnections());
  }

  @Test
  void aBoundThatIsNoneIsRefused() {
    assertEquals(
        "max-connections is 0 (expected: 1 to 100000)",
        assertThrows(IllegalArgumentException.class, () -> new NodeDoorConfig("127.0.0.1", 8443, 0))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new NodeDoorConfig("127.0.0.1", 8443, 100_001));
  }
}
