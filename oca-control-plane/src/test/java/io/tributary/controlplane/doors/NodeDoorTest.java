package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDoorTest {
  @Test
  void takesAsManyConnectionsAsItIsTold(@TempDir Path folder) throws Exception {
    AuthorityKeys keys = AuthorityKeys.open(TestAuthority.in(folder).config());

    NodeDoor door = new NodeDoor(config(7), keys, () -> new Random(1));

    assertEquals(7, door.maxConnections());
  }

  @Test
  void aBoundThatIsNoneIsRefused() {
    assertEquals(
        "max-connections is 0 (expected: 1 to 100000)",
        assertThrows(IllegalArgumentException.class, () -> config(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> config(100_001));
  }

  private static NodeDoorConfig config(int maxConnections) {
    return new NodeDoorConfig("127.0.0.1", 0, maxConnections, 4, 16, Duration.ofSeconds(2));
  }
}
