package io.tributary.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingFileTest {
  private static final String SETTING = "tributary.object-store.credentials-file";
  private static final String EXPECTED =
      " (expected: a properties file with accessKeyId and secretAccessKey)";

  @TempDir Path folder;

  @Test
  void bothPartsAreRead_andTheTextHidesTheKey() throws Exception {
    Path file = Files.writeString(folder.resolve("c"), "accessKeyId=id\nsecretAccessKey=s3cr3t\n");

    ObjectStoreCredentials read = ObjectStoreCredentials.in(file);

    assertThat(read).isEqualTo(new ObjectStoreCredentials("id", "s3cr3t"));
    assertThat(read.toString()).isEqualTo("ObjectStoreCredentials[accessKeyId=id]");
  }

  @Test
  void whatWillNotDoIsNamedWithoutItsContent() throws Exception {
    assertRefused(folder.resolve("none"), "there is no such file");
    assertRefused(folder, "it cannot be read: Is a directory");
    assertRefused(Files.writeString(folder.resolve("empty"), " \n"), "it is empty");
    assertRefused(
        Files.writeString(folder.resolve("half"), "accessKeyId=id\nsecret=s3cr3t\n"),
        "it has no secretAccessKey");
    assertRefused(
        Files.writeString(folder.resolve("bad"), "secretAccessKey=\\us3cr3t\n"),
        "it is no properties file");
    assertRefused(
        Files.write(folder.resolve("large"), new byte[2 * 1024 * 1024]), "it has more than 1 MiB");
  }

  @Test
  void whatIsExpectedOfAPartIsLeftOut() {
    assertThat(
            new SettingFile("a.b", Path.of("f"), "keys")
                .unusable("kid is null (expected: 1 to 64 characters)"))
        .hasMessage("a.b is f and cannot be used: kid is null (expected: keys)");
  }

  private static void assertRefused(Path file, String trouble) {
    assertThatThrownBy(() -> ObjectStoreCredentials.in(file))
        .hasMessage(SETTING + " is " + file + " and cannot be used: " + trouble + EXPECTED)
        .hasNoCause();
  }
}
