package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A byte that changed on a node's disk is found, dropped, fetched again and reported; no viewer
 * ever sees it.
 */
@ExtendWith(FleetExtension.class)
class CorruptionE2E {
  /**
   * A full pass of the scrub on this fleet (60 s), a little for the refetch, and the machine's
   * other work.
   */
  private static final Duration WINDOW = Duration.ofSeconds(90);

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void a_flipped_byte_in_a_cold_file_is_found_and_mended() throws IOException {
    Held held = heldSegment(1);

    held.flipAByte();

    held.awaitMended();
    assertReported(held);
  }

  @Test
  void a_flipped_byte_in_a_warm_open_file_is_passed_over_by_the_sdk_until_it_is_mended()
      throws IOException {
    Held held = heldSegment(0);
    for (int i = 0; i < 3; i++) {
      assertThat(fleet.get(held.url(), null).statusCode()).isEqualTo(200);
    }

    held.flipAByte();
    JsonNode report = fleet.json("play", Fleet.DEMO_TITLE, "--fast");

    assertThat(report.get("error").isNull()).as(report.toString()).isTrue();
    held.awaitMended();
    assertReported(held);
  }

  /**
   * A segment of the best picture on the node that a play would ask first, so that plays meet it.
   */
  private static Held heldSegment(int index) {
    JsonNode playback = fleet.play(Fleet.DEMO_TITLE);
    JsonNode manifest =
        Fleet.read(
            fleet.get(URI.create(playback.get("manifests").get("play").asString()), null).body());
    JsonNode pathway = manifest.get("pathways").get(0);
    JsonNode segment = manifest.get("media").get("renditions").get(0).get("segments").get(index);
    String path = segment.get("path").asString();
    return new Held(
        pathway.get("nodeId").asString(),
        FleetFiles.held(
            fleet,
            pathway.get("nodeId").asString(),
            Fleet.DEMO_TITLE,
            playback.get("packageVersion").asString(),
            path),
        URI.create(pathway.get("baseUrl").asString() + path),
        path,
        segment.get("sha256").asString());
  }

  private static void assertReported(Held held) {
    Fleet.await(
        "the control plane tells of " + held.path() + " on " + held.nodeId(),
        Duration.ofSeconds(10),
        () ->
            fleet.processes("oca-control-plane").stream()
                .map(name -> fleet.ok("logs", name).out())
                .anyMatch(log ->
                    log.contains("corrupt")
                        && log.contains(held.nodeId())
                        && log.contains(held.path())));
  }

  private record Held(String nodeId, Path file, URI url, String path, String sha256) {

    /** Changes one byte in place and puts the time of change back, as a failing disk would. */
    void flipAByte() throws IOException {
      FileTime modified = Files.getLastModifiedTime(file);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ByteBuffer one = ByteBuffer.allocate(1);
        long middle = channel.size() / 2;
        channel.read(one, middle);
        one.put(0, (byte) (one.get(0) ^ 0x40)).rewind();
        channel.write(one, middle);
      }
      Files.setLastModifiedTime(file, modified);
      assertThat(isWhole()).isFalse();
    }

    void awaitMended() {
      Fleet.await(path + " on " + nodeId + " is whole again", WINDOW, this::isWhole);
      Fleet.await(
          nodeId + " serves it again",
          Duration.ofSeconds(10),
          () -> fleet.get(url, null).statusCode() == 200);
    }

    private boolean isWhole() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest).equals(sha256);
      } catch (NoSuchFileException dropped) {
        return false;
      } catch (IOException | NoSuchAlgorithmException e) {
        throw new AssertionError("cannot read " + file, e);
      }
    }
  }
}
