package io.tributary.playback.catalogue;

import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.Recall;
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

  /** Of the title's current package, without asking anybody; 0 where it is not known. */
  public long lastDurationMillis(String titleId) {
    return lastKnown.lastKnown(titleId).map(CatalogueTitle::durationMillis).orElse(0L);
  }

  /** As {@link Catalogue#titles}. */
  public List<CatalogueTitle> list(@Nullable String after, int limit) {
    return catalogue.titles(after, limit);
  }

  /** The title is now this. */
  public void saw(CatalogueTitle title) {
    lastKnown.saw(title.titleId(), title);
  }
}
