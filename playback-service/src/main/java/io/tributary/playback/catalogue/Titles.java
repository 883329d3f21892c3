package io.tributary.playback.catalogue;

import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.Recall;
import io.tributary.playback.store.StoreAwayException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Titles for viewers: as the catalogue has them or had them last. */
public final class Titles {
  private final Catalogue catalogue;
  private final LastKnown<CatalogueTitle> lastKnown;

  public Titles(Catalogue catalogue, LastKnown<CatalogueTitle> lastKnown) {
    this.catalogue = catalogue;
    this.lastKnown = lastKnown;
  }

  /** What is known of a title. */
  public Recall<CatalogueTitle> find(String titleId) {
    return lastKnown.recall(titleId, () -> catalogue.title(titleId));
  }

  /**
   * As {@link Catalogue#titles}; while the store is away, the titles that were seen here last. Only
   * where none was, the store's absence is told.
   */
  public List<CatalogueTitle> list(@Nullable String after, int limit) {
    try {
      List<CatalogueTitle> page = catalogue.titles(after, limit);
      page.forEach(this::saw);
      return page;
    } catch (StoreAwayException away) {
      List<CatalogueTitle> known = lastKnown.lastKnown();
      if (known.isEmpty()) {
        throw away;
      }
      return known.stream()
          .filter(title -> after == null || title.titleId().compareTo(after) > 0)
          .sorted(Comparator.comparing(CatalogueTitle::titleId))
          .limit(limit)
          .toList();
    }
  }

  /** The title is now this. */
  public void saw(CatalogueTitle title) {
    lastKnown.saw(title.titleId(), title);
  }
}
