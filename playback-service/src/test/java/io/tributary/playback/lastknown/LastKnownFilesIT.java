package io.tributary.playback.lastknown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastKnownFilesIT {
  @TempDir private Path folder;
  private Instant now = Instant.now();

  @Test
  void whatWasPutIsThereAfterARestartAndGoneWhenItIsTooOld() {
    open().put("a/../b", bytes("first"));
    open().put("a/../b", bytes("second"));

    assertThat(open().get("a/../b"))
        .hasValueSatisfying(found -> assertThat(found).asString().isEqualTo("second"));
    now = now.plus(Duration.ofDays(8));
    assertThat(open().get("a/../b")).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whenItIsFullTheEntriesNotSeenLongestGo() throws IOException {
    LastKnownFiles files = open();
    for (int i = 0; i < 25; i++) {
      now = now.plusSeconds(1);
      files.put("entry-" + i, bytes("x"));
    }

    assertThat(files.get("entry-0")).isEmpty();
    assertThat(files.get("entry-24")).isPresent();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.count()).isBetween(18L, 20L);
    }
  }

  @Test
  void aHalfWrittenFileOfADeadProcessIsNotRead() throws IOException {
    Path part = folder.resolve("abc-1.part");
    Files.writeString(part, "ha");
    Files.setLastModifiedTime(part, FileTime.from(now));

    open();

    assertThat(part).doesNotExist();
  }

  private LastKnownFiles open() {
    return new LastKnownFiles(folder, 20, Duration.ofDays(7), () -> now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
