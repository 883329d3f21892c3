package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
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
    Fleet.await("nothing is left to fill", Duration.ofMinutes(2), RestartE2E::isFilled);
    JsonNode before = fleet.status();
    long workedAt = ingestsWorkedAt();
    assertThat(workedAt).as("the demo titles were transcoded").isGreaterThanOrEqualTo(2);
    Map<String, FileTime> storedAndHeld = mediaFiles();
    assertThat(storedAndHeld).isNotEmpty();

    fleet.ok("down");
    fleet.restore();

    JsonNode after = fleet.status();
    assertThat(after.get("ready").asBoolean()).isTrue();
    assertThat(after.get("titles")).isEqualTo(before.get("titles"));
    assertThat(after.get("nodes")).isEqualTo(before.get("nodes"));
    assertThat(mediaFiles()).isEqualTo(storedAndHeld);
    assertThat(fleet.json("play", Fleet.DEMO_TITLE, "--fast").get("error").isNull()).isTrue();
    assertThat(ingestsWorkedAt()).as("ingests that a worker took up").isEqualTo(workedAt);
    for (String node : fleet.processes("oca-node")) {
      assertThat(filesFetched(node)).as("files that %s fetched since its start", node).isZero();
    }
  }

  private static boolean isFilled() {
    return Fleet.elements(fleet.json("admin", "nodes", "list").get("nodes"))
        .allMatch(node ->
            node.get("packagesHeld").asInt() == node.get("packagesPlanned").asInt()
                && node.get("contentVersionConfirmed").asLong()
                    == node.get("contentVersionPlanned").asLong());
  }

  /** By the workers' logs, which go on over restarts. */
  private static long ingestsWorkedAt() {
    return fleet.processes("media-pipeline").stream()
        .flatMap(name -> fleet.ok("logs", name).out().lines())
        .filter(line -> line.contains("event=claimed"))
        .count();
  }

  /** Whole and right ones, whatever became of them; a file that was fetched in vain counts too. */
  private static long filesFetched(String node) {
    URI figures = fleet.host().management(node).resolve("/actuator/prometheus");
    return fleet
        .get(figures, null)
        .body()
        .lines()
        .filter(line -> line.startsWith("oca_fill_files_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no oca_fill_files_total at " + figures));
  }

  /**
   * Segments and manifests with their times of change: a second fill or transcode would touch them.
   */
  private static Map<String, FileTime> mediaFiles() throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    for (Path folder : fleet.host().everyData()) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : tree.filter(RestartE2E::isMedia).toList()) {
          files.put(file.toString(), Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  private static boolean isMedia(Path file) {
    String name = file.toString();
    return name.endsWith(".m4s") || name.endsWith("/init.mp4") || name.endsWith("/manifest.json");
  }
}
