package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A title is ingested, filled and played to its end; what the manifests say is what the segments
 * are.
 */
@ExtendWith(FleetExtension.class)
class PlaysToItsEndE2E {
  private static Fleet fleet;

  @TempDir Path folder;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @ParameterizedTest
  @CsvSource({"24000/1001, fps-23976", "25, fps-25", "30000/1001, fps-2997", "50, fps-50"})
  void a_title_plays_to_its_end_as_its_manifests_say(String frameRate, String id)
      throws IOException {
    JsonNode ingested = fleet.ingest(Sources.video(fleet, folder, id, frameRate, 18), id);
    assertThat(ingested.get("titleId").asString()).isEqualTo(id);
    assertThat(ingested.get("durationMillis").asLong()).isCloseTo(18_000, within(100L));
    assertThat(ingested.get("nodes").size()).isGreaterThanOrEqualTo(2);

    JsonNode report = fleet.json("play", id);
    assertThat(report.get("error").isNull()).as(report.toString()).isTrue();
    assertThat(report.get("rebufferCount").asInt()).as(report.toString()).isZero();
    assertThat(report.get("rebufferMillis").asLong()).isZero();
    assertThat(report.get("playedMillis").asLong())
        .isCloseTo(ingested.get("durationMillis").asLong(), within(100L));

    double frameSeconds = 1 / rate(frameRate);
    JsonNode playback = fleet.play(id);
    assertManifestsTellTheTruth(playback, frameSeconds);
    assertEveryRenditionDecodes(playback);
  }

  @Test
  void the_page_plays_in_a_browser() {
    JsonNode watched =
        fleet.browser(
            "play-page.mjs",
            fleet.gateway().toString(),
            Fleet.DEMO_TITLE,
            "10",
            folder.resolve("page.png").toString());

    assertThat(watched.get("currentTime").asDouble()).isGreaterThan(10);
    assertThat(watched.get("node").asString()).contains("oca-node-");
    assertThat(watched.get("complaints")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hls.js", "dash.js", "shaka-hls", "shaka-dash"})
  void unmodified_players_play(String player) {
    JsonNode manifests = fleet.play(Fleet.DEMO_TITLE).get("manifests");
    String manifest =
        manifests
            .get(player.equals("hls.js") || player.endsWith("-hls") ? "hls" : "dash")
            .asString();

    JsonNode watched = fleet.browser("play-unmodified.mjs", player, manifest, "8");

    assertThat(watched.get("errors")).as(watched.toString()).isEmpty();
    assertThat(watched.get("currentTime").asDouble()).isGreaterThan(8);
  }

  /** Both manifests, read by parsers that are not ours, against the very bytes of the segments. */
  private void assertManifestsTellTheTruth(JsonNode playback, double frameSeconds)
      throws IOException {
    JsonNode manifests = playback.get("manifests");
    JsonNode parsed =
        fleet.browser(
            "parse-manifests.mjs",
            manifests.get("hls").asString(),
            manifests.get("dash").asString());
    assertThat(parsed.get("hls").get("pathways").size()).isGreaterThanOrEqualTo(2);
    for (JsonNode rendition : renditions(playback)) {
      List<Double> real = realSeconds(playback, rendition);
      String id = rendition.get("renditionId").asString();
      double tolerance =
          rendition.get("kind").asString().equals("video") ? frameSeconds : 1024 / 44_100.0;
      assertThat(seconds(hlsPlaylist(parsed, id))).as("HLS of %s", id).hasSameSizeAs(real);
      assertThat(seconds(dashRepresentation(parsed, id))).as("DASH of %s", id).hasSameSizeAs(real);
      for (int i = 0; i < real.size(); i++) {
        assertThat(seconds(hlsPlaylist(parsed, id)).get(i))
            .as("HLS segment %s of %s", i, id)
            .isCloseTo(real.get(i), within(tolerance));
        assertThat(seconds(dashRepresentation(parsed, id)).get(i))
            .as("DASH segment %s of %s", i, id)
            .isCloseTo(real.get(i), within(tolerance));
      }
    }
    assertSegmentsEndTogether(playback);
  }

  private void assertSegmentsEndTogether(JsonNode playback) {
    List<List<Double>> videos = new ArrayList<>();
    for (JsonNode rendition : renditions(playback)) {
      if (rendition.get("kind").asString().equals("video")) {
        double timescale = rendition.get("timescale").asDouble();
        videos.add(
            Fleet.elements(rendition.get("segments"))
                .map(segment ->
                    (segment.get("start").asLong() + segment.get("duration").asLong()) / timescale)
                .toList());
      }
    }
    assertThat(videos).isNotEmpty();
    for (List<Double> ends : videos) {
      assertThat(ends).hasSameSizeAs(videos.get(0));
      for (int i = 0; i < ends.size(); i++) {
        assertThat(ends.get(i)).isCloseTo(videos.get(0).get(i), within(0.001));
      }
    }
  }

  private void assertEveryRenditionDecodes(JsonNode playback) throws IOException {
    for (JsonNode rendition : renditions(playback)) {
      Path whole = folder.resolve(rendition.get("renditionId").asString() + ".mp4");
      try (OutputStream file = Files.newOutputStream(whole)) {
        file.write(fetch(playback, rendition.get("init").get("path").asString()));
        for (JsonNode segment : rendition.get("segments")) {
          file.write(fetch(playback, segment.get("path").asString()));
        }
      }
      String complaints =
          Fleet.run(
              folder,
              Duration.ofMinutes(1),
              List.of(
                  "sh",
                  "-c",
                  "\"$0\" -v error -i \"$1\" -f null - 2>&1",
                  Sources.ffmpeg(fleet).toString(),
                  whole.toString()));
      assertThat(complaints).as("ffmpeg on %s", whole.getFileName()).isBlank();
    }
  }

  /** What the frames of each segment last, counted by ffprobe in the bytes that the node serves. */
  private List<Double> realSeconds(JsonNode playback, JsonNode rendition) throws IOException {
    byte[] init = fetch(playback, rendition.get("init").get("path").asString());
    List<Double> seconds = new ArrayList<>();
    for (JsonNode segment : rendition.get("segments")) {
      Path one = folder.resolve("one.mp4");
      try (OutputStream file = Files.newOutputStream(one)) {
        file.write(init);
        file.write(fetch(playback, segment.get("path").asString()));
      }
      String durations =
          Fleet.run(
              folder,
              Duration.ofSeconds(20),
              List.of(
                  Sources.ffprobe(fleet).toString(),
                  "-v",
                  "error",
                  "-show_entries",
                  "packet=duration_time",
                  "-of",
                  "csv=p=0",
                  one.toString()));
      seconds.add(
          durations
              .lines()
              .map(line -> line.replace(",", "").strip())
              .filter(line -> !line.isEmpty())
              .mapToDouble(Double::parseDouble)
              .sum());
    }
    return seconds;
  }

  private static List<JsonNode> renditions(JsonNode playback) {
    return Fleet.elements(fleet.manifest(playback).get("media").get("renditions")).toList();
  }

  private static byte[] fetch(JsonNode playback, String path) {
    String base = fleet.manifest(playback).get("pathways").get(0).get("baseUrl").asString();
    HttpResponse<byte[]> answer =
        fleet.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new UncheckedIOException(new IOException(answer.statusCode() + " for " + path));
    }
    return answer.body();
  }

  private static JsonNode hlsPlaylist(JsonNode parsed, String renditionId) {
    return Fleet.elements(parsed.get("hls").get("playlists"))
        .filter(
            playlist -> playlist.get("uri").asString().endsWith("/" + renditionId + "/index.m3u8"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no HLS playlist of " + renditionId));
  }

  private static JsonNode dashRepresentation(JsonNode parsed, String renditionId) {
    return Fleet.elements(parsed.get("dash").get("representations"))
        .filter(representation ->
            representation.get("segments").get(0).asString().contains("/" + renditionId + "/"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no DASH representation of " + renditionId));
  }

  private static List<Double> seconds(JsonNode list) {
    return Fleet.elements(list.get("seconds")).map(JsonNode::asDouble).toList();
  }

  private static double rate(String frameRate) {
    String[] parts = frameRate.split("/", -1);
    return parts.length == 1
        ? Double.parseDouble(parts[0])
        : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }
}
