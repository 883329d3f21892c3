package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.event.SiteDescribed;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.Routes;
import io.tributary.steering.snapshot.SnapshotStore.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Real files in a temporary directory: the store is nothing but its files. */
class SnapshotStoreTest {
  private static final SnapshotImage IMAGE =
      new SnapshotImage(
          7,
          Instant.parse("2026-03-01T12:00:00Z"),
          List.of(
              new SnapshotImage.Node(
                  new KnownNode(
                      "n1",
                      "s1",
                      NodeHealth.HEALTHY,
                      "heard",
                      "http://127.0.0.1:21010",
                      Instant.parse("2026-04-01T12:00:00Z")),
                  new LoadBoard.Load(1_000_000_000, 5_000_000)),
              new SnapshotImage.Node(
                  new KnownNode(
                      "n2",
                      "s2",
                      NodeHealth.UNHEALTHY,
                      "silent",
                      null,
                      Instant.parse("2026-04-01T12:00:00Z")),
                  LoadBoard.Load.UNKNOWN)),
          List.of(
              new SiteDescribed(
                  "campus", "uni", 52.52, 13.405, List.of("192.0.2.0/24"), List.of(64_500L))),
          List.of(
              new RoutesJudged(
                  "n1",
                  "campus",
                  7,
                  1,
                  0,
                  1,
                  Instant.parse("2026-03-01T12:00:00Z"),
                  List.of(new Routes.Route("192.0.2.0/24", List.of(64_500L), 5L)),
                  0,
                  List.of(),
                  null)),
          List.of(new SnapshotImage.Holding(new PackageRef("tears", "p1"), List.of("n1", "n2"))),
          List.of(new SnapshotImage.Position("topic", "id", Map.of(0, 12L, 2, 3L))));

  @TempDir Path directory;

  @Test
  void givenNothingWasSaved_whenLoaded_thenNothing() {
    assertEquals(new Found.Nothing(), store().load());
  }

  @Test
  void givenASnapshotWasSaved_whenLoadedByAnotherProcess_thenItIsTheSame() throws IOException {
    store().save(IMAGE);

    assertEquals(new Found.Whole(IMAGE), store().load());
  }

  @Test
  void givenAnImage_whenMadeASnapshotAndBack_thenItIsTheSame() {
    FleetSnapshot snapshot = IMAGE.snapshot();
    LoadBoard loads = new LoadBoard();
    IMAGE.nodes().forEach(node -> loads.put(node.known().nodeId(), node.load()));

    assertEquals(IMAGE, SnapshotImage.of(snapshot, loads, IMAGE.aliveAt(), IMAGE.positions()));
  }

  /** Every length a crash could leave behind if the file were written in place. */
  @Test
  void givenATruncatedFile_whenLoaded_thenItIsSetAsideWithItsReason() throws IOException {
    store().save(IMAGE);
    byte[] whole = Files.readAllBytes(directory.resolve(SnapshotStore.FILE_NAME));

    for (int length = 0; length < whole.length; length++) {
      Files.write(
          directory.resolve(SnapshotStore.FILE_NAME), java.util.Arrays.copyOf(whole, length));
      assertInstanceOf(Found.Unreadable.class, store().load(), "length " + length);
    }
    assertThat(directory.resolve(SnapshotStore.SET_ASIDE_NAME)).exists();
    assertEquals(new Found.Nothing(), store().load());
  }

  @Test
  void givenAFlippedBit_whenLoaded_thenTheChecksumIsTheReason() throws IOException {
    store().save(IMAGE);
    Path file = directory.resolve(SnapshotStore.FILE_NAME);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    Found.Unreadable found = assertInstanceOf(Found.Unreadable.class, store().load());

    assertThat(found.reason()).contains("SHA-256 is ").contains(SnapshotStore.SET_ASIDE_NAME);
  }

  @Test
  void givenAFileOfALaterFormat_whenLoaded_thenTheFormatIsTheReason() throws IOException {
    Files.writeString(
        directory.resolve(SnapshotStore.FILE_NAME),
        "tributary-steering-snapshot 2 00\n{}",
        StandardCharsets.US_ASCII);

    Found.Unreadable found = assertInstanceOf(Found.Unreadable.class, store().load());

    assertThat(found.reason()).contains("format is 2 (expected: 1)");
  }

  /** A crash before the rename: the file beside is a torn one. */
  @Test
  void givenATornFileBesideTheSavedOne_whenLoadedAndSaved_thenItDoesNotMatter() throws IOException {
    store().save(IMAGE);
    Files.writeString(directory.resolve(SnapshotStore.FILE_NAME + ".next"), "torn");

    assertEquals(new Found.Whole(IMAGE), store().load());
    store().save(IMAGE);
    assertThat(directory.resolve(SnapshotStore.FILE_NAME + ".next")).doesNotExist();
  }

  @Test
  void givenADirectoryThatCannotBe_whenSaved_thenTheDiskSaysWhy() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThrows(
        IOException.class,
        () -> new SnapshotStore(file.resolve("below"), JsonMapper.builder().build()).save(IMAGE));
  }

  /** As a version saved it that knew of no sites and no routes. */
  @Test
  void givenAnImageWithoutSites_whenRead_thenThereAreNone() {
    SnapshotImage image =
        JsonMapper.builder()
            .build()
            .readValue(
                "{\"snapshotVersion\":7,\"nodes\":[],\"holdings\":[],\"positions\":[]}",
                SnapshotImage.class);

    assertEquals(List.of(), image.sites());
    assertEquals(List.of(), image.routes());
  }

  private SnapshotStore store() {
    return new SnapshotStore(directory, JsonMapper.builder().build());
  }
}
