package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is no video is refused with what it is and why, and nothing of it stays. */
@ExtendWith(FleetExtension.class)
class BadSourcesE2E {
  private static Fleet fleet;

  @TempDir Path folder;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void a_text_file() throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("notes.mp4"),
            "These are not the frames you are looking for.\n".repeat(50));
    refuse(text, "bad-text", "the file is text, not a media file");
  }

  @Test
  void an_empty_file() throws IOException {
    refuse(Files.createFile(folder.resolve("empty.mp4")), "bad-empty", "the file is empty");
  }

  @Test
  void a_video_that_breaks_off() throws IOException {
    Path whole = Sources.video(fleet, folder, "whole", "25", 12);
    byte[] bytes = Files.readAllBytes(whole);
    Path half =
        Files.write(
            folder.resolve("half.mp4"),
            Arrays.copyOf(bytes, bytes.length / 2),
            StandardOpenOption.CREATE);
    refuse(half, "bad-half", "the file breaks off before its index \\(the moov box is missing\\)");
  }

  @Test
  void a_streamable_video_that_breaks_off() throws IOException {
    Path whole = Sources.video(fleet, folder, "whole", "25", 12);
    Path front = folder.resolve("front.mp4");
    Fleet.run(
        folder,
        Duration.ofSeconds(30),
        List.of(
            Sources.ffmpeg(fleet).toString(),
            "-v",
            "error",
            "-y",
            "-i",
            whole.toString(),
            "-c",
            "copy",
            "-movflags",
            "+faststart",
            front.toString()));
    byte[] bytes = Files.readAllBytes(front);
    Path half =
        Files.write(folder.resolve("streamable.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
    refuse(half, "bad-streamable", "the video breaks off at [4-8]\\.\\d s of 1[12]\\.\\d s");
  }

  /**
   * Refused in one sentence that names the file and says why; what is printed before that tells how
   * far it came.
   *
   * @param why a pattern
   */
  private static void refuse(Path file, String id, String why) {
    Fleet.Said said = fleet.word("ingest", file.toString(), "--id", id);

    assertThat(said.exit()).as("%s%s", said.out(), said.err()).isEqualTo(1);
    assertThat(said.err().lines().filter(line -> line.startsWith("tributary: ")))
        .singleElement(STRING)
        .contains(file.toString())
        .containsPattern(why);
    assertThat(
            Fleet.elements(fleet.status().get("titles")).map(title -> title.get("id").asString()))
        .doesNotContain(id);
    Fleet.await("nothing of " + id + " is stored", Duration.ofSeconds(10), () -> nothingNames(id));
  }

  private static boolean nothingNames(String id) {
    try (Stream<Path> tree = Files.walk(FleetFiles.objectStore(fleet))) {
      return tree.filter(Files::isRegularFile)
          .noneMatch(file ->
              file.toString().contains("/" + id + "/")
                  || file.toString().contains("/staging/ingests/"));
    } catch (IOException | UncheckedIOException beingDeleted) {
      return false;
    }
  }
}
