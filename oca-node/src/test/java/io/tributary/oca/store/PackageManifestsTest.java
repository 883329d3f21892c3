package io.tributary.oca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageRef;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PackageManifestsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PackageManifests manifests = new PackageManifests(JSON);
  private final SamplePackage film = new SamplePackage("film", 10, 20);

  @Test
  void whatWasWrittenIsRead() throws BadManifestException {
    assertThat(manifests.read(film.manifestBytes(), film.ref())).isEqualTo(film.manifest());
  }

  @Test
  void aPlaylistIsOneOfThePackagesFiles() {
    assertThat(film.packageFiles())
        .extracting(PackageFile::path)
        .containsExactly("v720/init.mp4", "v720/00001.m4s", "v720/index.m3u8");
  }

  @Test
  void aManifestFromBeforePlaylistsHasTheOtherFiles() throws BadManifestException {
    JsonNode old = JSON.readTree(film.manifestBytes());
    ((ObjectNode) old.get("renditions").get(0)).remove("playlist");

    assertThat(PackageManifests.files(manifests.read(JSON.writeValueAsBytes(old), film.ref())))
        .isEqualTo(film.packageFiles().subList(0, 2));
  }

  @Test
  void aManifestOfAnotherPackageIsRefused() {
    assertThatThrownBy(() -> manifests.read(film.manifestBytes(), new PackageRef("other", "p1")))
        .isInstanceOf(BadManifestException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.m4s",
        "/etc/passwd",
        "v720/../../x",
        "v720",
        "v720/a/b",
        "..",
        "v720/.hidden",
        "v720/x.part",
        "V720/x",
        "v720/x\\\\u0000",
        "manifest.json"
      })
  void aPathThatIsNotTwoPlainNamesIsRefused(String path) {
    for (String good : List.of("v720/00001.m4s", "v720/index.m3u8")) {
      byte[] bad = replaced(good, path);

      assertThatThrownBy(() -> manifests.read(bad, film.ref()))
          .as(good)
          .isInstanceOf(BadManifestException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"formatVersion\":2}", "nonsense"})
  void whatIsNoManifestIsRefused(String text) {
    assertThatThrownBy(() -> manifests.read(text.getBytes(StandardCharsets.UTF_8), film.ref()))
        .isInstanceOf(BadManifestException.class);
  }

  @Test
  void negativeAndHugeSizesAreRefused() {
    for (String bytes : new String[] {"-1", "9223372036854775807"}) {
      byte[] bad = replaced("\"bytes\":20", "\"bytes\":" + bytes);
      assertThatThrownBy(() -> manifests.read(bad, film.ref()))
          .isInstanceOf(BadManifestException.class);
    }
  }

  private byte[] replaced(String what, String by) {
    String text = new String(film.manifestBytes(), StandardCharsets.UTF_8);
    assertThat(text).contains(what);
    return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
  }
}
