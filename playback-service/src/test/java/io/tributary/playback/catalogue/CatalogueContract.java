package io.tributary.playback.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.CatalogueTitle.CurrentPackage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every catalogue does. Tests use titles of their own, so that they may share one. */
abstract class CatalogueContract {
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T00:00:00Z");

  abstract Catalogue catalogue();

  @Test
  void aPublishedTitleIsThereAndNotPlayableBeforeItIsPlaced() {
    publish("published", "p1", "A film", MONDAY);

    assertThat(catalogue().freshTitle("published"))
        .hasValue(new CatalogueTitle("published", "A film", false, null));
    assertThat(catalogue().title("published").map(CatalogueTitle::isPlayable)).hasValue(false);
    assertThat(catalogue().isPublished(new PackageRef("published", "p1"), "hash-p1")).isTrue();
    assertThat(catalogue().isPublished(new PackageRef("published", "p1"), "another")).isFalse();
    assertThat(catalogue().manifest(new PackageRef("published", "p1")))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("manifest p1"));
  }

  @Test
  void thePlayedPackageIsTheNewestPlacedOneInWhateverOrderItIsTold() {
    PackageRef old = new PackageRef("reissued", "p1");
    PackageRef fresh = new PackageRef("reissued", "p2");
    catalogue().place(fresh, TUESDAY, TUESDAY);
    publish("reissued", "p2", "A film", TUESDAY);
    publish("reissued", "p1", "A film", MONDAY);
    catalogue().place(old, MONDAY, TUESDAY.plusSeconds(60));

    assertThat(current("reissued")).isEqualTo("p2");

    catalogue().displace(fresh, TUESDAY.plusSeconds(120));
    assertThat(current("reissued")).isEqualTo("p1");

    // A replay of what was said before changes nothing.
    catalogue().place(fresh, TUESDAY, TUESDAY);
    assertThat(current("reissued")).isEqualTo("p1");
  }

  @Test
  void whatAnOperatorDecidedOutlivesTheNextPackage() {
    publish("edited", "p1", "film_final_2.mp4", MONDAY);

    assertThat(catalogue().edit("edited", "A film", true)).isTrue();
    publish("edited", "p2", "film_final_3.mp4", TUESDAY);

    assertThat(catalogue().freshTitle("edited"))
        .hasValue(new CatalogueTitle("edited", "A film", true, null));
    assertThat(catalogue().edit("nothing", "A film", true)).isFalse();
    assertThat(catalogue().freshTitle("nothing")).isEmpty();
  }

  @Test
  void titlesAreListedByIdInPages() {
    publish("zz-list-b", "p1", "B", MONDAY);
    publish("zz-list-a", "p1", "A", MONDAY);
    publish("zz-list-c", "p1", "C", MONDAY);

    assertThat(catalogue().titles("zz-list", 2))
        .extracting(CatalogueTitle::titleId)
        .containsExactly("zz-list-a", "zz-list-b");
    assertThat(catalogue().titles("zz-list-b", 2))
        .extracting(CatalogueTitle::titleId)
        .containsExactly("zz-list-c");
  }

  private void publish(String titleId, String version, String name, Instant at) {
    catalogue()
        .publish(
            new Publication(new PackageRef(titleId, version), name, 60_000, "hash-" + version, at),
            ("manifest " + version).getBytes(StandardCharsets.UTF_8));
  }

  private String current(String titleId) {
    Optional<CatalogueTitle> title = catalogue().freshTitle(titleId);
    CurrentPackage current = title.orElseThrow().current();
    return current == null ? "none" : current.packageVersion();
  }
}
