package io.tributary.steering.nearness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in a temporary directory. */
class LastGoodFileTest {
  private static final LastGoodFile.Trial SAYS_GOOD =
      content ->
          new String(content.readAllBytes(), StandardCharsets.UTF_8).contains("good")
              ? Optional.empty()
              : Optional.of("is not good");

  @TempDir private Path folder;

  @Test
  void givenAWholeFile_whenItBreaksAndGoes_thenItsLastGoodContentStays() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "good 1");
    LastGoodFile followed = followed(file);
    assertEquals(Optional.empty(), followed.take(SAYS_GOOD));

    Files.writeString(file, "half");
    assertTrue(followed.hasChanged());
    assertEquals(Optional.of("is not good"), followed.take(SAYS_GOOD));
    assertEquals("good 1", content(followed));

    Files.delete(file);
    assertTrue(followed.hasChanged());
    assertThat(followed.take(SAYS_GOOD).orElseThrow()).startsWith("cannot be read");
    assertEquals("good 1", content(followed(file))); // after a restart, too

    Files.writeString(file, "good 2");
    assertEquals(Optional.empty(), followed.take(SAYS_GOOD));
    assertEquals("good 2", content(followed));
    assertFalse(followed.hasChanged());
  }

  @Test
  void givenAFileThatNeverWas_whenTaken_thenThereIsNoContent() {
    LastGoodFile followed = followed(folder.resolve("nothing"));

    assertThat(followed.take(SAYS_GOOD)).isPresent();
    assertEquals(Optional.empty(), followed.lastGood());
  }

  @Test
  void givenTwoFilesOfOneName_whenTaken_thenEachHasItsOwnCopy() throws IOException {
    Path one = Files.writeString(Files.createDirectory(folder.resolve("1")).resolve("a"), "good 1");
    Path two = Files.writeString(Files.createDirectory(folder.resolve("2")).resolve("a"), "good 2");
    LastGoodFile first = followed(one);
    LastGoodFile second = followed(two);
    first.take(SAYS_GOOD);
    second.take(SAYS_GOOD);

    assertEquals("good 1", content(first));
    assertEquals("good 2", content(second));
  }

  private LastGoodFile followed(Path file) {
    return new LastGoodFile(file, folder.resolve("copies"));
  }

  private static String content(LastGoodFile file) throws IOException {
    return Files.readString(file.lastGood().orElseThrow());
  }
}
