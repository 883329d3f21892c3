package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A restart of everything keeps everything; nothing is made or fetched twice. */
@ExtendWith(FleetExtension.class)
class RestartE2E {
  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void titles_nodes_and_packages_stay_and_nothing_is_transcoded_or_filled_twice()
      throws IOException {
    JsonNode before = fleet.status();
    Map<String, FileTime> storedAndHeld = filesBelow(FleetFiles.data(fleet));
    assertThat(storedAndHeld).isNotEmpty();

    fleet.ok("down");
    fleet.restore();

    JsonNode after = fleet.status();
    assertThat(after.get("ready").asBoolean()).isTrue();
    assertThat(after.get("titles")).isEqualTo(before.get("titles"));
    assertThat(after.get("nodes")).isEqualTo(before.get("nodes"));
    assertThat(filesBelow(FleetFiles.data(fleet))).isEqualTo(storedAndHeld);
    assertThat(fleet.json("play", Fleet.DEMO_TITLE, "--fast").get("error").isNull()).isTrue();
  }

  /**
   * Segments and manifests with their times of change: a second fill or transcode would touch them.
   */
  private static Map<String, FileTime> filesBelow(Path folder) throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(RestartE2E::isMedia).toList()) {
        files.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  private static boolean isMedia(Path file) {
    String name = file.toString();
    return name.endsWith(".m4s") || name.endsWith("/init.mp4") || name.endsWith("/manifest.json");
  }
}
