package io.tributary.playback.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.LastKnownFiles;
import io.tributary.playback.store.StoreAwayException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TitlesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  @TempDir private Path disk;
  private final InMemoryCatalogue catalogue = new InMemoryCatalogue();

  @Test
  void givenTitlesWereListed_whenTheStoreGoesAway_thenTheyAreListedInPages() {
    for (String id : List.of("c", "a", "b")) {
      catalogue.publish(
          new Publication(new PackageRef(id, "p1"), id, 1_000, "hash", NOW), new byte[0]);
    }
    titles().list(null, 10);
    catalogue.away(true);

    assertThat(ids(null)).containsExactly("a", "b");
    assertThat(ids("b")).containsExactly("c");
    assertThat(ids("c")).isEmpty();
  }

  @Test
  void givenNoneWasSeen_whenTheStoreIsAway_thenItIsSaid() {
    catalogue.away(true);

    assertThatThrownBy(() -> titles().list(null, 10)).isInstanceOf(StoreAwayException.class);
  }

  private List<String> ids(@Nullable String after) {
    return titles().list(after, 2).stream().map(CatalogueTitle::titleId).toList();
  }

  /** As after a restart. */
  private Titles titles() {
    return new Titles(
        catalogue,
        new LastKnown<>(
            CatalogueTitle.class,
            new LastKnownFiles(disk, 100, Duration.ofDays(7), () -> NOW),
            JsonMapper.builder().build(),
            Duration.ofSeconds(5),
            Ticker.disabledTicker()));
  }
}
