package io.tributary.client.playback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the titles.
 *
 * @param titles by id
 * @param nextCursor asks for the next page; null on the last
 */
public record TitlePage(List<Title> titles, @Nullable String nextCursor) {
  public TitlePage {
    titles = Collections.unmodifiableList(new ArrayList<>(titles));
  }
}
