package io.tributary.controlplane.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tributary.contracts.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class NodeSettingsTest {
  static final String KEYS =
      """
      {"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"eA","y":"eQ"}]}\
      """;

  @TempDir Path folder;

  @Test
  void givenNoKeysFile_thenThereIsNothingToRunUnderUntilItIsThere() throws IOException {
    NodeSettings settings = settings();
    assertEquals(Optional.empty(), settings.current());

    write(KEYS);
    settings.refresh();

    assertEquals(Optional.of(KEYS), settings.current().map(NodeConfig::mediaTokenKeys));
  }

  @Test
  void givenAFileWithoutPublicKeys_thenItIsNoneOfNodesBusiness() throws IOException {
    for (String bad :
        new String[] {
          "", "no JSON", "null", "{}", "{\"keys\":[]}", KEYS.replace("\"x\"", "\"d\":\"s\",\"x\"")
        }) {
      write(bad);
      assertEquals(Optional.empty(), settings().current(), bad);
    }
  }

  @Test
  void givenTheFileGoesOrTurnsBad_thenTheLastGoodKeysStayInForce() throws IOException {
    write(KEYS);
    NodeSettings settings = settings();
    Optional<NodeConfig> good = settings.current();

    write("{\"keys\":[]}");
    settings.refresh();
    assertEquals(good, settings.current());

    Files.delete(keysFile());
    settings.refresh();
    assertEquals(good, settings.current());
  }

  @Test
  void givenOtherKeys_thenTheVersionIsAnother() throws IOException {
    write(KEYS);
    NodeSettings settings = settings();
    long before = settings.current().orElseThrow().configVersion();

    write(KEYS.replace("k1", "k2"));
    settings.refresh();

    assertNotEquals(before, settings.current().orElseThrow().configVersion());
  }

  private NodeSettings settings() {
    return new NodeSettings(
        keysFile(), Duration.ofHours(24), 1_000_000, JsonMapper.builder().build());
  }

  private void write(String keys) throws IOException {
    Files.writeString(keysFile(), keys);
  }

  private Path keysFile() {
    return folder.resolve("keys.json");
  }
}
